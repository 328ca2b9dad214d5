package org.vaetf.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vaetf.base.DataException;
import org.vaetf.export.Manifest;
import org.vaetf.train.RunFolder;

/** The plots in a run's folder, with their captions. */
final class RunPictureFiles {
  private static final Pattern OF_CLASS = Pattern.compile("-(\\d+)\\.png$");

  private RunPictureFiles() {}

  /** One, or one for each class. */
  static List<Picture> of(PlotKind kind, RunFolder run, Manifest manifest) {
    if (!Files.isDirectory(run.plots())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(run.plots())) {
      return files
          .filter(
              file ->
                  file.getFileName()
                      .toString()
                      .matches(kind.label() + "(-\\d+)?\\" + kind.ending()))
          .sorted()
          .map(file -> picture(kind, file, manifest))
          .toList();
    } catch (IOException e) {
      throw DataException.unreadable(run.plots(), e);
    }
  }

  private static Picture picture(PlotKind kind, Path file, Manifest manifest) {
    String words = TrainingCharts.words(kind.label().replace('-', ' '));
    String title = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    Matcher part = OF_CLASS.matcher(file.getFileName().toString());
    if (part.find()) {
      String name = className(Integer.parseInt(part.group(1)), manifest);
      String shows = kind.shows() + ", of class " + name;
      return new Picture(title + ", class " + name, shows, file, Picture.Form.PART);
    }
    return new Picture(title, shows(kind, manifest), file, form(kind));
  }

  private static Picture.Form form(PlotKind kind) {
    return switch (kind.need()) {
      case MODEL -> Picture.Form.CHART;
      case EPOCHS -> Picture.Form.ANIMATION;
      default -> Picture.Form.IMAGE;
    };
  }

  private static String className(int label, Manifest manifest) {
    List<String> names = manifest.classes().names();
    return label < names.size() ? names.get(label) : String.valueOf(label);
  }

  /** What this model's picture shows. */
  private static String shows(PlotKind kind, Manifest manifest) {
    if (kind != PlotKind.SAMPLES) {
      return kind.shows();
    }
    String made = "new images that the model has made";
    return manifest.classes().count() > 0 ? made + ", a line for each class" : made;
  }
}
