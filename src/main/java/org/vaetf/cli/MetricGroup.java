package org.vaetf.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.vaetf.base.Named;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.eval.DigitFeatures;
import org.vaetf.eval.Disentanglement;
import org.vaetf.eval.DisentanglementSettings;
import org.vaetf.eval.GenerationMetrics;
import org.vaetf.eval.GenerationSettings;
import org.vaetf.eval.Information;
import org.vaetf.eval.InformationSettings;
import org.vaetf.eval.KlDecomposition;
import org.vaetf.export.Manifest;
import org.vaetf.export.SavedModelVae;
import org.vaetf.tf.Compute;

/** Metrics that are asked for together, each group in a pass of its own. */
enum MetricGroup implements Named {
  /** What the latent code tells of the rows. */
  INFORMATION {
    @Override
    void measure(Subject subject, MetricSheet sheet) {
      Information information;
      try (Meter meter = subject.meter(this, subject.data.rows())) {
        information =
            Information.of(
                subject.vae.scaled(),
                subject.data,
                InformationSettings.defaults().withSeed(subject.seed),
                meter::advance);
      }
      sheet.count("active_units", "active units", information.activeUnits().count());
      sheet.list("active_unit_variances", information.activeUnits().variances());
      Manifest manifest = subject.vae.manifest();
      if (!manifest.isOf("posterior", "diagonal-gaussian", "deterministic")) {
        sheet.note(
            "no mutual information or marginal KL: they are measured for a diagonal normal"
                + " posterior");
        return;
      }
      if (manifest.isOf("prior", "standard-normal")) {
        information
            .klNatsByDimension()
            .ifPresent(
                kl -> sheet.list("kl_nats_by_dimension", kl.stream().map(e -> e.mean()).toList()));
      }
      information.decomposition().ifPresent(kl -> add(kl, sheet));
    }

    private void add(KlDecomposition kl, MetricSheet sheet) {
      sheet.estimate(
          "mutual_information_nats",
          "mutual information",
          kl.mutualInformationNats(),
          String.format(
              Locale.ROOT, "nats, of %d rows: at most %.4f", kl.rows(), kl.mostInformationNats()));
      sheet.estimate("marginal_kl_nats", "marginal KL", kl.marginalKlNats(), "nats");
    }
  },

  /** How like the data what the model generates is. */
  GENERATION {
    @Override
    void measure(Subject subject, MetricSheet sheet) {
      GenerationSettings settings = GenerationSettings.defaults().withSeed(subject.seed);
      int rows = Math.min(settings.rows(), subject.data.rows());
      GenerationMetrics found;
      try (DigitFeatures features = DigitFeatures.open(Compute.defaults());
          Meter meter = subject.meter(this, 2L * rows);
          Stream<Samples> made = subject.generated(rows)) {
        found = GenerationMetrics.of(features, subject.data, made, settings, meter::advance);
      }
      sheet.number(
          "frechet_distance",
          "Fréchet distance",
          found.frechetDistance(),
          "on features of the digit classifier, " + found.generatedRows() + " generated rows");
      sheet.number("precision", "precision", found.precision(), "");
      sheet.number("recall", "recall", found.recall(), "");
    }
  },

  /** How the latent dimensions stand to the factors that the data were made from. */
  DISENTANGLEMENT {
    @Override
    void measure(Subject subject, MetricSheet sheet) {
      DisentanglementSettings settings = DisentanglementSettings.defaults().withSeed(subject.seed);
      Disentanglement found;
      try (Meter meter = subject.meter(this, settings.encodedRows())) {
        found = Disentanglement.of(subject.vae.scaled(), subject.data, settings, meter::advance);
      }
      sheet.number("mig", "MIG", found.mutualInformationGap().score(), "");
      sheet.number("sap", "SAP", found.sap().score(), "");
      sheet.number("dci_disentanglement", "DCI disentanglement", found.dci().disentanglement(), "");
      sheet.number("dci_completeness", "DCI completeness", found.dci().completeness(), "");
      sheet.number("dci_error", "DCI prediction error", found.dci().error(), "");
      sheet.estimate("factor_vae_score", "FactorVAE score", found.factorVaeScore().accuracy(), "");
      sheet.estimate("beta_vae_score", "β-VAE score", found.betaVaeScore().accuracy(), "");
    }
  };

  /** Adds the group's numbers. */
  abstract void measure(Subject subject, MetricSheet sheet);

  /**
   * What is judged.
   *
   * @param vae the model
   * @param data the rows it is judged by
   * @param seed of all that is drawn
   * @param console shows how far it is
   */
  record Subject(SavedModelVae vae, DataSet data, long seed, Console console) {

    Meter meter(MetricGroup group, long rows) {
      return console.meter(group.label(), "rows", rows);
    }

    /** Rows that the model generates, some at a time; of a conditional model each class in turn. */
    Stream<Samples> generated(int rows) {
      int most = vae.scaled().batchRows();
      Samples points = vae.points(rows, seed, 0);
      return IntStream.iterate(0, from -> from < rows, from -> from + most)
          .mapToObj(from -> decoded(points, from, Math.min(rows, from + most)));
    }

    private Samples decoded(Samples points, int from, int to) {
      Samples some = points.slice(from, to);
      if (!vae.isConditional()) {
        return vae.decode(some);
      }
      int classes = vae.classes().count();
      int[] labels = IntStream.range(from, to).map(row -> row % classes).toArray();
      return vae.decode(new Batch(some, Optional.of(labels)));
    }
  }
}
