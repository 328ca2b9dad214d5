/**
 * Fitting: the training graph, optimizers, learning-rate schedules, the loop, checkpoints with
 * their checksums, and the run folder with its lock. {@link org.vaetf.train.Trainer} is where to
 * begin.
 */
package org.vaetf.train;
