package org.vaetf.report;

import java.util.List;
import java.util.Optional;
import org.vaetf.base.Named;
import org.vaetf.base.VaeException;
import org.vaetf.plot.Fonts;

/** The kinds of plots, in the order in which they are drawn. */
public enum PlotKind implements Named {
  /** The loss and its terms. */
  LOSS(Need.METRICS, "the loss and its terms by epoch, on training and test rows; the best epoch") {
    @Override
    List<NamedPicture> pictures(PlottedRun run) {
      return one(TrainingCharts.loss(run.metrics().orElseThrow(), run.metric()));
    }
  },
  /** Rate against distortion. */
  RATE_DISTORTION(Need.METRICS, "KL against reconstruction error over the epochs, on test rows") {
    @Override
    Optional<String> unfit(PlottedRun run) {
      return TrainingCharts.hasRate(run.metrics().orElseThrow())
          ? Optional.empty()
          : Optional.of("its objective has no KL and reconstruction error in metrics.csv");
    }

    @Override
    List<NamedPicture> pictures(PlottedRun run) {
      return one(TrainingCharts.rateDistortion(run.metrics().orElseThrow(), run.metric()));
    }
  },
  /** KL by dimension. */
  KL(
      Need.MODEL,
      "the mean KL of each latent dimension on test rows, sorted; active units in colour") {
    @Override
    Optional<String> unfit(PlottedRun run) {
      return run.code().klNats().isPresent()
          ? Optional.empty()
          : Optional.of(
              "the KL of a dimension is known for a diagonal normal posterior and a standard"
                  + " normal prior alone; try active-units");
    }

    @Override
    List<NamedPicture> pictures(PlottedRun run) {
      return one(LatentCharts.kl(run.code()));
    }
  },
  /** Variance of the posterior mean by dimension. */
  ACTIVE_UNITS(Need.MODEL, "the variance of the posterior mean in each dimension, sorted") {
    @Override
    List<NamedPicture> pictures(PlottedRun run) {
      return one(LatentCharts.activeUnits(run.code()));
    }
  },
  /** Posterior means on a plane. */
  LATENT(Need.MODEL, "posterior means of test rows on a plane, coloured by label") {
    @Override
    Optional<String> unfit(PlottedRun run) {
      return atLeastTwoDimensions(run);
    }

    @Override
    List<NamedPicture> pictures(PlottedRun run) {
      return one(LatentMap.of(run.code(), run.projection(), run.seed()).chart().draw());
    }
  },
  /** New rows. */
  SAMPLES(Need.IMAGES, "new images; of a conditional model a line for each class") {
    @Override
    List<NamedPicture> pictures(PlottedRun run) {
      return one(RunPictures.samples(run));
    }
  },
  /** Rows and what the model makes of them. */
  RECONSTRUCTIONS(Need.IMAGES, "test rows above their reconstructions") {
    @Override
    List<NamedPicture> pictures(PlottedRun run) {
      return one(RunPictures.reconstructions(run));
    }
  },
  /** The worst of them. */
  WORST(Need.IMAGES, "the test rows with the least log p(x|z) above their reconstructions") {
    @Override
    List<NamedPicture> pictures(PlottedRun run) {
      return one(LatentPictures.worst(run));
    }
  },
  /** A plane of the latent space. */
  MANIFOLD(Need.IMAGES, "the plane of the two most used latent dimensions, decoded") {
    @Override
    Optional<String> unfit(PlottedRun run) {
      return atLeastTwoDimensions(run);
    }

    @Override
    List<NamedPicture> pictures(PlottedRun run) {
      return RunPictures.manifolds(run);
    }
  },
  /** Lines along the dimensions. */
  TRAVERSALS(Need.IMAGES, "a line for each latent dimension, from -3 to 3 standard deviations") {
    @Override
    List<NamedPicture> pictures(PlottedRun run) {
      return one(LatentPictures.traversals(run));
    }
  },
  /** Lines between rows. */
  INTERPOLATIONS(Need.IMAGES, "lines through the latent space between pairs of test rows") {
    @Override
    Optional<String> unfit(PlottedRun run) {
      return run.test().rows() >= 2
          ? Optional.empty()
          : Optional.of("there is one test row, and a line needs two");
    }

    @Override
    List<NamedPicture> pictures(PlottedRun run) {
      return one(LatentPictures.interpolations(run));
    }
  },
  /** How the images came about. */
  EPOCHS(
      Need.EPOCHS,
      "the same draws decoded anew after each epoch, an animation; of a conditional model"
          + " a column for each class") {
    @Override
    public String ending() {
      return ".gif";
    }

    @Override
    List<NamedAnimation> pictures(PlottedRun run) {
      return List.of(run.frames().orElseThrow().animation());
    }
  };

  /** What a kind is drawn from. */
  public enum Need {
    /** The run's {@code metrics.csv}. */
    METRICS,
    /** The pictures of its epochs that the run has kept. */
    EPOCHS,
    /** The model and test rows. */
    MODEL,
    /** The model and test rows that are images. */
    IMAGES
  }

  private final Need need;
  private final String shows;

  PlotKind(Need need, String shows) {
    this.need = need;
    this.shows = shows;
  }

  /**
   * What the kind is drawn from.
   *
   * @return the one thing
   */
  public Need need() {
    return need;
  }

  /**
   * What it shows.
   *
   * @return a phrase
   */
  public String shows() {
    return shows;
  }

  /**
   * What the names of its files end in.
   *
   * @return {@code .png}, or {@code .gif} of an animation
   */
  public String ending() {
    return ".png";
  }

  /**
   * Why this kind does not apply to a run.
   *
   * @param run what is there
   * @return the reason, or empty where it applies
   */
  public Optional<String> refusal(PlottedRun run) {
    Optional<String> missing =
        switch (need) {
          case METRICS ->
              run.metrics().isPresent()
                  ? Optional.empty()
                  : Optional.of("it needs a run folder with metrics.csv");
          case MODEL -> run.hasModel() ? Optional.empty() : Optional.of("it needs a model");
          case IMAGES -> {
            if (!run.hasModel()) {
              yield Optional.of("it needs a model");
            }
            yield run.vae().shape().isImage()
                ? Optional.empty()
                : Optional.of("rows of shape " + run.vae().shape() + " are no images");
          }
          case EPOCHS ->
              run.frames().isPresent()
                  ? Optional.empty()
                  : Optional.of(
                      "it needs a run folder with pictures of its epochs in epochs/, which training"
                          + " leaves where rows are images");
        };
    return missing.or(() -> unfit(run)).or(() -> writes() ? Fonts.fault() : Optional.empty());
  }

  /**
   * Draws the kind.
   *
   * @param run what it is drawn from
   * @return one plot, or of some kinds one for each class
   * @throws VaeException if the kind does not apply, in one line
   */
  public List<? extends DrawnPlot> draw(PlottedRun run) {
    refusal(run)
        .ifPresent(
            reason -> {
              throw new VaeException("the plot " + label() + " cannot be drawn: " + reason);
            });
    return pictures(run);
  }

  /** What it needs beyond {@link #need}. */
  Optional<String> unfit(PlottedRun run) {
    return Optional.empty();
  }

  abstract List<? extends DrawnPlot> pictures(PlottedRun run);

  /** Whether text is in its pictures. */
  private boolean writes() {
    return !List.of(SAMPLES, RECONSTRUCTIONS, MANIFOLD, EPOCHS).contains(this);
  }

  List<NamedPicture> one(java.awt.image.BufferedImage image) {
    return List.of(new NamedPicture(label(), image));
  }

  private static Optional<String> atLeastTwoDimensions(PlottedRun run) {
    return run.vae().latent() >= 2
        ? Optional.empty()
        : Optional.of("the latent space has 1 dimension; expected at least 2");
  }
}
