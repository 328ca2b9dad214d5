package org.vaetf.explore;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.vaetf.http.Listening;
import org.vaetf.http.Refusal;

/**
 * Who is answered: requests that carry the token, under a name that is the server's own. A page
 * from elsewhere may make a browser call 127.0.0.1 under a name of its choice (DNS rebinding) and
 * then read the answer; it cannot make it send another name, nor guess 128 bits.
 */
final class Access {
  static final String HEADER = "X-Explore-Token";
  private static final String QUERY = "token=";
  private static final int BYTES = 16;

  /** No name server answers for these, so no page from elsewhere goes by them. */
  private static final Pattern IP_LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

  private final String token;
  private final String host;
  private final InetAddress bound;

  Access(String host, InetAddress bound) {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    this.token = HexFormat.of().formatHex(random);
    this.host = host.toLowerCase(Locale.ROOT);
    this.bound = bound;
  }

  String token() {
    return token;
  }

  /** Refuses a request under another name than the server's own; its port may be a tunnel's. */
  void requireOwnName(HttpExchange exchange) {
    String header = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
    String name = header.toLowerCase(Locale.ROOT).replaceFirst(":\\d{1,5}$", "");
    boolean own =
        name.equals("localhost")
            || name.equals(host)
            || name.equals(Listening.literal(bound))
            || (bound.isAnyLocalAddress() && IP_LITERAL.matcher(name).matches());
    if (!own) {
      throw new Refusal(421, "no such host here; open the address that explore printed");
    }
  }

  /** Refuses a request without the token, which comes in a header or in the query. */
  void requireToken(HttpExchange exchange) {
    String given = exchange.getRequestHeaders().getFirst(HEADER);
    if (given == null) {
      String query = String.valueOf(exchange.getRequestURI().getRawQuery());
      given =
          Arrays.stream(query.split("&", -1))
              .filter(part -> part.startsWith(QUERY))
              .map(part -> part.substring(QUERY.length()))
              .findFirst()
              .orElse("");
    }
    // Takes as long for a close guess as for a poor one.
    if (!MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8))) {
      throw new Refusal(403, "wrong or missing token; open the address that explore printed");
    }
  }
}
