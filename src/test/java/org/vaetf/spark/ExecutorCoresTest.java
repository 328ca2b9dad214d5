package org.vaetf.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.spark.SparkConf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutorCoresTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          local[3] | | '' | 3
          local[3, 4] | | '' | 3
          local | | '' | 1
          spark://a:7077 | | Backend --executor-id 0 --cores 5 --app-id x | 5
          spark://a:7077 | 7 | '' | 7
          yarn | 7 | Backend --cores 2 | 2
          """)
  void thoseThatSparkGave(String master, String cores, String startedWith, int count) {
    SparkConf conf = new SparkConf(false).set("spark.master", master);
    if (cores != null) {
      conf.set("spark.executor.cores", cores);
    }
    assertEquals(count, ExecutorCores.count(conf, startedWith));
  }
}
