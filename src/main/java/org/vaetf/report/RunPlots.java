package org.vaetf.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Plots of a run as PNG and GIF files, each named after its kind. */
public final class RunPlots {
  private RunPlots() {}

  /**
   * Draws every kind that applies.
   *
   * @param run what is drawn from
   * @param folder where to put them
   * @return what was written
   * @throws org.vaetf.base.OutputException if the folder cannot be written
   */
  public static List<Path> writeAll(PlottedRun run, Path folder) {
    List<Path> written = new ArrayList<>();
    for (PlotKind kind : PlotKind.values()) {
      if (kind.refusal(run).isEmpty()) {
        written.addAll(write(kind.draw(run), folder));
      }
    }
    return List.copyOf(written);
  }

  /**
   * Writes plots.
   *
   * @param plots with the names of their files
   * @param folder where to put them
   * @return the files
   * @throws org.vaetf.base.OutputException if the folder cannot be written
   */
  public static List<Path> write(List<? extends DrawnPlot> plots, Path folder) {
    List<Path> written = new ArrayList<>();
    for (DrawnPlot plot : plots) {
      Path file = folder.resolve(plot.name() + plot.ending());
      plot.write(file);
      written.add(file);
    }
    return List.copyOf(written);
  }
}
