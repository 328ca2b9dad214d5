/**
 * Charts and moving pictures of one look: lines, bars and points as images, PNG and GIF files. It
 * knows numbers and names, and nothing of models.
 */
package org.vaetf.plot;
