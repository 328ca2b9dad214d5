package org.vaetf.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vaetf.testing.Pages;

/** Links between the pages lead somewhere, every picture is shown, and every page can be found. */
class LinksTest {
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|href)=\"([^\"]+)\"");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
  private static final Path DOCS = Path.of("docs");
  private static final Path PICTURES = DOCS.resolve("images");
  private static final long LARGEST_PICTURE = 300_000;
  private static final long LARGEST_ANIMATION = 900_000;
  private static final long ALL_PICTURES = 3_000_000;

  /** A link of a page to something in the project: a path from the root, and an anchor or "". */
  private record Link(Path from, Path to, String anchor) {}

  private static List<Link> links(Path page) {
    boolean[] fenced = {false};
    return Pages.lines(page)
        .filter(
            line -> {
              fenced[0] ^= line.startsWith("```");
              return !fenced[0] && !line.startsWith("    ");
            })
        .flatMap(line -> LINK.matcher(line.replaceAll("`[^`]*`", "")).results())
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .filter(target -> !ELSEWHERE.matcher(target).matches())
        .map(target -> link(page, target))
        .toList();
  }

  private static Link link(Path page, String target) {
    int hash = target.indexOf('#');
    String path = hash < 0 ? target : target.substring(0, hash);
    return new Link(
        page,
        path.isEmpty() ? page : page.resolveSibling(path).normalize(),
        hash < 0 ? "" : target.substring(hash + 1));
  }

  /** The anchors that GitHub gives a page's headings. */
  private static Set<String> anchors(Path page) {
    Map<String, Integer> seen = new HashMap<>();
    return Pages.lines(page)
        .filter(line -> line.matches("#{1,6} .*"))
        .map(line -> line.replaceFirst("#+ +", "").replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1"))
        .map(title -> title.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", ""))
        .map(title -> title.strip().replace(' ', '-'))
        .map(
            slug -> {
              int before = seen.merge(slug, 1, Integer::sum) - 1;
              return before == 0 ? slug : slug + "-" + before;
            })
        .collect(Collectors.toSet());
  }

  @Test
  void everyLinkLeadsSomewhere() {
    List<Link> all = Pages.all().stream().flatMap(page -> links(page).stream()).toList();
    assertTrue(all.size() > 100, () -> "only " + all.size() + " links found");
    List<Link> dead =
        all.stream()
            .filter(
                link ->
                    !Files.exists(link.to)
                        || (!link.anchor.isEmpty() && !anchors(link.to).contains(link.anchor)))
            .toList();
    assertEquals(List.of(), dead);
  }

  @Test
  void everyPictureIsShown() throws IOException {
    Set<Path> shown =
        Pages.all().stream()
            .flatMap(page -> links(page).stream())
            .map(Link::to)
            .filter(path -> path.startsWith(PICTURES))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(pictures()), shown);
  }

  @Test
  void thePicturesAreSmall() throws IOException {
    long all = 0;
    for (Path picture : pictures()) {
      long size = Files.size(picture);
      boolean moves = picture.toString().endsWith(".gif");
      long largest = moves ? LARGEST_ANIMATION : LARGEST_PICTURE;
      assertTrue(size <= largest, picture + " has " + size + " bytes");
      all += size;
    }
    assertTrue(all <= ALL_PICTURES, "pictures have " + all + " bytes");
  }

  private static List<Path> pictures() throws IOException {
    try (Stream<Path> files = Files.walk(PICTURES)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void theIndexHasEveryPage() {
    Path index = DOCS.resolve("README.md");
    Set<Path> indexed = links(index).stream().map(Link::to).collect(Collectors.toSet());
    List<Path> missing =
        Pages.all().stream()
            .filter(page -> page.startsWith(DOCS) && !page.equals(index))
            .filter(page -> !indexed.contains(page))
            .toList();
    assertEquals(List.of(), missing);
    assertTrue(
        links(Path.of("README.md")).stream().anyMatch(link -> link.to.equals(index)),
        "README.md links the index");
  }
}
