package org.vaetf.train;

import java.util.Arrays;
import org.vaetf.base.Rows;
import org.vaetf.group.Group;

/**
 * The steps of a process in a group that averages gradients at every step, weighted by rows: all
 * processes make the step of the whole batch.
 */
final class JointSteps implements Steps {
  private final TrainingGraph graph;
  private final Group group;
  private final Shares shares;

  /** The terms and gradients of a step; kept, as they are large and come many times a second. */
  private final float[] found;

  JointSteps(TrainingGraph graph, Group group, Shares shares) {
    this.graph = graph;
    this.group = group;
    this.shares = shares;
    this.found = new float[graph.terms().size() + Math.toIntExact(graph.numberOfWeights())];
  }

  @Override
  public void silent(Rows x, Moment moment) {
    if (x.rows() == 0) {
      Arrays.fill(found, 0);
    } else {
      graph.termsAndGradients(x, shares.of(moment.batch()), moment.step(), moment.warmUp(), found);
    }
    group.average(found, x.rows());
    graph.move(found, moment.step(), moment.learningRate());
  }

  @Override
  public float[] reported(Rows x, Moment moment) {
    silent(x, moment);
    return Arrays.copyOf(found, graph.terms().size());
  }

  @Override
  public boolean agreed() {
    return true;
  }

  @Override
  public void agree() {}
}
