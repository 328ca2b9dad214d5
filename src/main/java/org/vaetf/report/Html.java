package org.vaetf.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
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
   * A table of numbers.
   *
   * @param caption what it shows
   * @param header of each column
   * @param rows of it
   */
  static String table(String caption, List<String> header, List<Row> rows) {
    String columns =
        header.stream()
            .map(name -> "<th scope=\"col\">" + text(name) + "</th>")
            .collect(Collectors.joining());
    String body = rows.stream().map(Row::html).collect(Collectors.joining("\n"));
    return """
        <table><caption>%s</caption>
        <thead><tr>%s</tr></thead>
        <tbody>
        %s
        </tbody></table>
        """
        .formatted(text(caption), columns, body);
  }

  /**
   * A row of a table.
   *
   * @param name of the row
   * @param definition of what its numbers are
   * @param numbers one for each column after the first
   */
  record Row(String name, String definition, List<String> numbers) {
    private String html() {
      String cells =
          numbers.stream()
              .map(number -> "<td>" + text(number) + "</td>")
              .collect(Collectors.joining());
      return "<tr><th scope=\"row\">%s<small>%s</small></th>%s</tr>"
          .formatted(text(name), text(definition), cells);
    }
  }

  /** Names with their values. */
  static String values(String style, Map<String, String> values) {
    String pairs =
        values.entrySet().stream()
            .map(
                each ->
                    "<div><dt>%s</dt><dd>%s</dd></div>\n"
                        .formatted(text(each.getKey()), text(each.getValue())))
            .collect(Collectors.joining());
    return "<dl class=\"%s\">\n%s</dl>\n".formatted(style, pairs);
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
  static String section(String title, String content) {
    return "<section id=\"%1$s\" aria-labelledby=\"%1$s-title\">\n<h2 id=\"%1$s-title\">%2$s</h2>\n%3$s</section>\n"
        .formatted(id(title), text(title), content);
  }

  /** What a section is called in an address. */
  static String id(String title) {
    return title.toLowerCase(Locale.ROOT).replace(' ', '-');
  }
}
