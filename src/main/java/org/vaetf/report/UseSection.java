package org.vaetf.report;

import org.vaetf.base.Json;
import org.vaetf.export.Manifest;

/**
 * What a report says of how to use the model: programs to paste.
 *
 * @param run name of the run's folder
 * @param manifest of the SavedModel
 */
record UseSection(String run, Manifest manifest) {

  String html() {
    return """
        <p>From the folder that the run's folder lies in; <code>RUN</code> is the run's folder.</p>
        <h3>Java</h3>
        <p>As <code>Sample.java</code>: <code>java -cp vae-tf.jar Sample.java</code></p>
        %s<h3>Python</h3>
        %s<h3>Command line</h3>
        %s"""
        .formatted(
            Html.code("Java", java()),
            Html.code("Python", python()),
            Html.code("Command line", shell()));
  }

  private String java() {
    return """
        import java.nio.file.Path;
        import org.vaetf.base.Samples;
        import org.vaetf.export.SavedModelVae;

        class Sample {
          public static void main(String[] args) {
            Path model = Path.of("%1$s");
            try (SavedModelVae vae = SavedModelVae.load(model)) {
              Samples %2$s = vae.sample(16, 1%3$s).x();
              System.out.println(%2$s);
            }
          }
        }
        """
        .formatted(
            path().replace("\\", "\\\\").replace("\"", "\\\""),
            rows(),
            isConditional() ? ", 0" : "");
  }

  private String python() {
    return """
        import tensorflow as tf

        vae = tf.saved_model.load(%1$s)
        sample = vae.signatures["sample"]
        %2$s = sample(
            count=tf.constant(16),
            seed=tf.constant([1, 0], tf.int64),
        %3$s)["x"]  # scaled as told under Data
        print(%2$s.shape)
        """
        .formatted(
            Json.writeLine(path()),
            rows(),
            isConditional() ? "    label=tf.zeros([16], tf.int64),\n" : "");
  }

  private String shell() {
    return """
        java -jar vae-tf.jar sample --model RUN --count 64 --out samples.%s
        java -jar vae-tf.jar evaluate --model RUN --importance-samples 1000
        """
        .formatted(manifest.data().shape().isImage() ? "png" : "csv");
  }

  // A report is passed on: where the run lies here is nobody else's business.
  private String path() {
    return run + "/saved_model";
  }

  private String rows() {
    return manifest.data().shape().isImage() ? "images" : "rows";
  }

  private boolean isConditional() {
    return manifest.classes().count() > 0;
  }
}
