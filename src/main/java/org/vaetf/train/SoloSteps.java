package org.vaetf.train;

import org.vaetf.base.Rows;

/**
 * The steps of a process without others.
 *
 * @param graph holds the weights
 */
record SoloSteps(TrainingGraph graph) implements Steps {
  @Override
  public void silent(Rows x, Moment moment) {
    graph.step(x, moment.step(), moment.learningRate(), moment.warmUp());
  }

  @Override
  public float[] reported(Rows x, Moment moment) {
    return graph.reportedStep(x, moment.step(), moment.learningRate(), moment.warmUp());
  }

  @Override
  public boolean agreed() {
    return true;
  }

  @Override
  public void agree() {}
}
