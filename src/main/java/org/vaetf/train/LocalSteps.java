package org.vaetf.train;

import java.util.Optional;
import org.vaetf.base.Rows;
import org.vaetf.group.Group;

/**
 * The steps of a process in a group, each of which goes some steps of its own; then their weights
 * and slots are averaged, weighted by the rows that each has seen.
 */
final class LocalSteps implements Steps {
  private final TrainingGraph graph;
  private final Group group;
  private final Shares shares;
  private final int averageEvery;
  private long rowsOfItsOwn;
  private boolean agreed = true;

  LocalSteps(TrainingGraph graph, Group group, Shares shares, int averageEvery) {
    this.graph = graph;
    this.group = group;
    this.shares = shares;
    this.averageEvery = averageEvery;
  }

  @Override
  public void silent(Rows x, Moment moment) {
    if (x.rows() > 0) {
      graph.step(
          x,
          Optional.of(shares.of(moment.batch())),
          moment.step(),
          moment.learningRate(),
          moment.warmUp());
    }
    done(x, moment);
  }

  @Override
  public float[] reported(Rows x, Moment moment) {
    float[] terms =
        x.rows() == 0
            ? new float[graph.terms().size()]
            : graph.reportedStep(
                x,
                Optional.of(shares.of(moment.batch())),
                moment.step(),
                moment.learningRate(),
                moment.warmUp());
    done(x, moment);
    group.average(terms, x.rows());
    return terms;
  }

  private void done(Rows x, Moment moment) {
    rowsOfItsOwn += x.rows();
    agreed = false;
    if ((moment.step() + 1) % averageEvery == 0) {
      agree();
    }
  }

  @Override
  public boolean agreed() {
    return agreed;
  }

  @Override
  public void agree() {
    if (!agreed) {
      Steps.averageVariables(graph, group, rowsOfItsOwn);
      rowsOfItsOwn = 0;
      agreed = true;
    }
  }
}
