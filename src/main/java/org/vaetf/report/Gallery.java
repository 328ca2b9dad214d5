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
    StringBuilder moving = new StringBuilder();
    List<Picture> left = new ArrayList<>();
    for (Picture picture : pictures) {
      byte[] image = bytes(picture.file());
      long taken = image.length * 4L / 3 + 4 + FRAME_BYTES;
      if (taken > room) {
        left.add(picture);
        continue;
      }
      room -= taken;
      switch (picture.form()) {
        case IMAGE, CHART -> whole.append(figure(picture, image));
        case PART -> parts.append(figure(picture, image));
        case ANIMATION -> moving.append(Html.details(picture.title(), figure(picture, image)));
      }
    }
    return framed("gallery", whole) + framed("gallery parts", parts) + moving + leftOut(left);
  }

  private static String framed(String style, StringBuilder figures) {
    return figures.isEmpty() ? "" : "<div class=\"%s\">\n%s</div>\n".formatted(style, figures);
  }

  private static String figure(Picture picture, byte[] image) {
    return """
        <figure class="%s">
        <img src="data:image/%s;base64,%s" alt="%s">
        <figcaption><strong>%s</strong>%s</figcaption>
        </figure>
        """
        .formatted(
            picture.form().name().toLowerCase(Locale.ROOT),
            picture.file().toString().endsWith(".gif") ? "gif" : "png",
            Base64.getEncoder().encodeToString(image),
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
