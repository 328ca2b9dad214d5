package org.vaetf.cli;

/** Shows how long work comes along. Close it when the work ends, well or badly. */
interface Meter extends AutoCloseable {
  /** Shows nothing. */
  Meter NONE =
      new Meter() {
        @Override
        public void advance(long count) {}

        @Override
        public void close() {}
      };

  /** Some more is done. */
  void advance(long count);

  /** A word behind the figures, where there is room for one. */
  default void remark(String text) {}

  /** Shows a line of its own. */
  default void line(String text) {}

  @Override
  void close();
}
