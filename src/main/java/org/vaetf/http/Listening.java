package org.vaetf.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.vaetf.base.ConfigException;
import org.vaetf.base.VaeException;

/** A port of this machine that a server listens on. */
public final class Listening {
  /**
   * The JDK's server sends head and body of an answer apart: without this the body waits until the
   * client has acknowledged the head, 40 ms later. It is read once a process, and only set here.
   */
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  static {
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
  }

  private Listening() {}

  /**
   * Refuses what is no port.
   *
   * @param port 0 to 65535
   * @throws ConfigException if it is another number
   */
  public static void requirePort(int port) {
    if (port < 0 || port > 65535) {
      throw new ConfigException("port", port, "a whole number from 0 to 65535");
    }
  }

  /**
   * Takes a port. Nobody is answered before the server is started.
   *
   * @param host a name or address of this machine; {@code 127.0.0.1} for this machine alone
   * @param port to listen on; 0 for any free one
   * @return the server, the caller's to stop
   * @throws ConfigException if there is no such host, or the port is none
   * @throws VaeException if the port is taken
   */
  public static HttpServer on(String host, int port) {
    requirePort(port);
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
    } catch (UnknownHostException e) {
      throw new ConfigException("host", "'" + host + "'", "a name or address of this machine");
    } catch (IOException e) {
      throw new VaeException(
          "cannot listen on port "
              + port
              + " of "
              + host
              + " ("
              + e.getMessage()
              + "); choose another with --port and --host, or 0 for any free port",
          e);
    }
  }

  /**
   * Where a server is reached from this machine.
   *
   * @param server that listens
   * @return {@code http://HOST:PORT}
   */
  public static String origin(HttpServer server) {
    InetAddress bound = server.getAddress().getAddress();
    InetAddress host = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
    return "http://" + literal(host) + ":" + server.getAddress().getPort();
  }

  /**
   * An address as it stands in a URL.
   *
   * @param address of a machine
   * @return its numbers, in brackets where it is one of version 6
   */
  public static String literal(InetAddress address) {
    String text = address.getHostAddress().replaceFirst("%.*", "");
    return text.contains(":") ? "[" + text + "]" : text;
  }

  /**
   * Answers, with no body where only the head was asked for.
   *
   * @param exchange the request
   * @param status of HTTP
   * @param type of the body
   * @param body may be empty
   * @throws IOException if the client is gone
   */
  public static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
