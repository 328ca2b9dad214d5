/**
 * A run as TensorBoard shows it: event files that are written as it goes, and the files of the
 * embedding projector.
 */
package org.vaetf.events;
