package org.vaetf.data;

/** Told how a download comes along. */
@FunctionalInterface
public interface DownloadProgress {

  /**
   * Some bytes have come.
   *
   * @param file what is being downloaded
   * @param doneBytes how much of it is here
   * @param totalBytes how much there is, or -1 where the server does not say
   */
  void downloaded(String file, long doneBytes, long totalBytes);

  /**
   * Tells nobody.
   *
   * @return does nothing
   */
  static DownloadProgress none() {
    return (file, doneBytes, totalBytes) -> {};
  }
}
