package org.vaetf.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.vaetf.base.DataException;

/**
 * Pictures within a page, as many as there is room for.
 *
 * @param pictures in the order to show them
 */
record Gallery(List<Picture> pictures) {
  /** What the markup around a picture takes at most, besides its texts. */
  private static final int FRAME_BYTES = 500;

  /**
   * The markup.
   *
   * @param room bytes that it may take; what would go beyond is named instead of shown
   * @throws DataException if a picture cannot be read
   */
  String html(long room) {
    StringBuilder whole = new StringBuilder();
    StringBuilder parts = new StringBuilder();
    List<Picture> left = new ArrayList<>();
    for (Picture picture : pictures) {
      byte[] png = bytes(picture.file());
      long taken = png.length * 4L / 3 + 4 + FRAME_BYTES;
      if (taken > room) {
        left.add(picture);
        continue;
      }
      room -= taken;
      (picture.form() == Picture.Form.PART ? parts : whole).append(figure(picture, png));
    }
    return framed("gallery", whole) + framed("gallery parts", parts) + leftOut(left);
  }

  private static String framed(String style, StringBuilder figures) {
    return figures.isEmpty() ? "" : "<div class=\"%s\">\n%s</div>\n".formatted(style, figures);
  }

  private static String figure(Picture picture, byte[] png) {
    return """
        <figure class="%s">
        <img src="data:image/png;base64,%s" alt="%s">
        <figcaption><strong>%s</strong>%s</figcaption>
        </figure>
        """
        .formatted(
            picture.form().name().toLowerCase(Locale.ROOT),
            Base64.getEncoder().encodeToString(png),
            Html.text(picture.shows()),
            Html.text(picture.title()),
            // What a set shows is told once, by the alternative texts again and again.
            picture.form() == Picture.Form.PART ? "" : " " + Html.text(picture.shows()));
  }

  private static String leftOut(List<Picture> left) {
    return left.isEmpty()
        ? ""
        : "<p>Too large for this page: %s.</p>\n"
            .formatted(
                Html.text(
                    left.stream()
                        .map(picture -> picture.file().getFileName().toString())
                        .collect(Collectors.joining(", "))));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }
}
