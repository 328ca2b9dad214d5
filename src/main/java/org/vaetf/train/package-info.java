/**
 * Fitting: the training graph, optimizers, learning-rate schedules, the loop, checkpoints and the
 * run folder. {@link org.vaetf.train.Trainer} is where to begin.
 */
package org.vaetf.train;
