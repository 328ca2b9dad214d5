package org.vaetf.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on a terminal, with rate and time left. */
final class BarMeter implements Meter {
  /** A width that terminals have: asking for the true one takes a native library. */
  private static final int WIDTH = 79;

  private final PrintStream err;
  private final ProgressBar bar;

  BarMeter(PrintStream err, String task, long total) {
    this.err = err;
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setUnit("", 1)
            .showSpeed()
            .setUpdateIntervalMillis(250)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
            .build();
  }

  @Override
  public void advance(long count) {
    bar.stepBy(count);
  }

  @Override
  public void remark(String text) {
    bar.setExtraMessage(text);
  }

  @Override
  public void line(String text) {
    // Over the bar, which draws itself anew below.
    err.println("\r" + text + " ".repeat(Math.max(0, WIDTH - text.length())));
  }

  @Override
  public void close() {
    bar.close();
  }
}
