package org.vaetf.report;

import java.nio.file.Path;

/**
 * A picture of a run.
 *
 * @param title a few words
 * @param shows a sentence, for who cannot see it too
 * @param file a PNG or a GIF
 */
public record Picture(String title, String shows, Path file) {}
