package org.vaetf.report;

import java.awt.image.BufferedImage;

/**
 * A picture and what it is called.
 *
 * @param name a file's, without its ending
 * @param image the picture
 */
public record NamedPicture(String name, BufferedImage image) {}
