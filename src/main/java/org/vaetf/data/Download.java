package org.vaetf.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.vaetf.base.DataException;

/** A file on its way from a web server. */
final class Download {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Download() {}

  /**
   * Begins a download.
   *
   * @return the bytes as they come, owned by the caller
   * @throws DataException if the server cannot be reached or does not have the file
   */
  static InputStream open(URI address, String name, DownloadProgress progress) {
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build();
    HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        response.body().close();
        throw new DataException(address, "the server answers " + response.statusCode());
      }
      long total = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      return new Counted(response.body(), name, total, progress);
    } catch (IOException e) {
      throw new DataException(
          address, "cannot be reached (" + e.getClass().getSimpleName() + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException(address, "was interrupted", e);
    }
  }

  /** Counts what goes through. */
  private static final class Counted extends FilterInputStream {
    private final String name;
    private final long total;
    private final DownloadProgress progress;
    private long done;

    Counted(InputStream in, String name, long total, DownloadProgress progress) {
      super(in);
      this.name = name;
      this.total = total;
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      if (next >= 0) {
        progress.downloaded(name, ++done, total);
      }
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = in.read(into, offset, length);
      if (count > 0) {
        done += count;
        progress.downloaded(name, done, total);
      }
      return count;
    }
  }
}
