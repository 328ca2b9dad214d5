package org.vaetf.report;

import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Pieces of a page, in which no text can be taken for markup. */
final class Html {
  private Html() {}

  /** Text with the characters escaped that mean something in markup. */
  static String text(Object value) {
    return String.valueOf(value)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /**
   * A table whose rows are named by their first cell.
   *
   * @param caption what it shows
   * @param header of each column
   * @param rows texts
   */
  static String table(String caption, List<String> header, List<List<String>> rows) {
    String columns =
        header.stream()
            .map(name -> "<th scope=\"col\">" + text(name) + "</th>")
            .collect(Collectors.joining());
    String body = rows.stream().map(Html::row).collect(Collectors.joining("\n"));
    return """
        <div class="wide" tabindex="0" role="region" aria-label="%1$s">
        <table><caption>%1$s</caption>
        <thead><tr>%2$s</tr></thead>
        <tbody>
        %3$s
        </tbody></table>
        </div>
        """
        .formatted(text(caption), columns, body);
  }

  private static String row(List<String> cells) {
    String others =
        cells.stream()
            .skip(1)
            .map(cell -> (isNumber(cell) ? "<td class=\"number\">" : "<td>") + text(cell) + "</td>")
            .collect(Collectors.joining());
    return "<tr><th scope=\"row\">" + text(cells.get(0)) + "</th>" + others + "</tr>";
  }

  private static boolean isNumber(String cell) {
    return cell.matches("-?[\\d.]+(E-?\\d+)?");
  }

  /** A picture within the page. */
  static String picture(Picture picture, byte[] image) {
    String format = picture.file().toString().endsWith(".gif") ? "gif" : "png";
    String shows = text(picture.shows());
    return """
        <figure>
        <img src="data:image/%s;base64,%s" alt="%s">
        <figcaption><strong>%s</strong>. %s</figcaption>
        </figure>
        """
        .formatted(
            format, Base64.getEncoder().encodeToString(image), shows, text(picture.title()), shows);
  }

  /** Lines as they are, such as a program. */
  static String code(String label, String lines) {
    return "<pre tabindex=\"0\" role=\"region\" aria-label=\"%s\"><code>%s</code></pre>\n"
        .formatted(text(label), text(lines.strip()));
  }

  /** What is shown once it is asked for. */
  static String details(String summary, String content) {
    return "<details><summary>%s</summary>\n%s</details>\n".formatted(text(summary), content);
  }

  /** A part of the page that the table of contents names. */
  static String section(String id, String title, String content) {
    return "<section id=\"%1$s\" aria-labelledby=\"%1$s-title\">\n<h2 id=\"%1$s-title\">%2$s</h2>\n%3$s</section>\n"
        .formatted(id, text(title), content);
  }
}
