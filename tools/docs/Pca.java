import java.util.Locale;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Mnist10k;
import org.vaetf.eval.PrincipalComponents;

/**
 * The mean squared error of test digits brought to the plane of the training digits' first
 * principal components and back, in grey levels squared, as {@code evaluate} gives that of a model:
 *
 * <pre>java -cp target/vae-tf.jar tools/docs/Pca.java 2 8 32</pre>
 */
final class Pca {
  private Pca() {}

  public static void main(String[] counts) {
    try (DataSplit digits = Mnist10k.open()) {
      PrincipalComponents components = PrincipalComponents.of(rows(digits.train()));
      double[][] test = rows(digits.test());
      for (String count : counts) {
        System.out.printf(
            Locale.ROOT,
            "%s components: mean squared error %.1f%n",
            count,
            error(components, Integer.parseInt(count), test));
      }
    }
  }

  /** What is left of the rows' squares beyond those along the first directions, by value. */
  private static double error(PrincipalComponents components, int count, double[][] rows) {
    double left = 0;
    double[] mean = components.mean();
    for (double[] row : rows) {
      for (int j = 0; j < mean.length; j++) {
        left += Math.pow(row[j] - mean[j], 2) / mean.length / rows.length;
      }
      for (double[] direction : components.directions().subList(0, count)) {
        double along = 0;
        for (int j = 0; j < mean.length; j++) {
          along += (row[j] - mean[j]) * direction[j];
        }
        left -= along * along / mean.length / rows.length;
      }
    }
    return left;
  }

  private static double[][] rows(DataSet data) {
    float[] row = new float[data.shape().size()];
    double[][] rows = new double[data.rows()][row.length];
    for (int i = 0; i < rows.length; i++) {
      data.read(i, row, 0);
      for (int j = 0; j < row.length; j++) {
        rows[i][j] = row[j];
      }
    }
    return rows;
  }
}
