package org.vaetf.train;

import java.util.Arrays;
import org.vaetf.base.Rows;
import org.vaetf.group.Group;

/**
 * The steps of a process in a group. Gradients are averaged at every step, weighted by rows, so
 * that all processes make the step of the whole batch; or each goes some steps of its own, and then
 * weights and slots are averaged, weighted by the rows that each has seen.
 */
final class StepsTogether implements Steps {
  private final TrainingGraph graph;
  private final Group group;
  private final Shares shares;
  private final int averageEvery;
  private final int terms;

  /** The terms and gradients of a step; kept, as they are large and come many times a second. */
  private final float[] found;

  private long rowsOfItsOwn;
  private boolean agreed = true;

  StepsTogether(TrainingGraph graph, Group group, Shares shares, int averageEvery) {
    this.graph = graph;
    this.group = group;
    this.shares = shares;
    this.averageEvery = averageEvery;
    this.terms = graph.terms().size();
    this.found = new float[terms + Math.toIntExact(graph.numberOfWeights())];
    // What the first process begins with, all do: its rows, too, where weights begin as rows.
    averageVariables(group.rank() == 0 ? 1 : 0);
  }

  @Override
  public void silent(Rows x, Moment moment) {
    step(x, moment);
  }

  @Override
  public float[] reported(Rows x, Moment moment) {
    float[] means = step(x, moment);
    if (averageEvery > 1) {
      group.average(means, x.rows());
    }
    return means;
  }

  private float[] step(Rows x, Moment moment) {
    if (x.rows() == 0) {
      Arrays.fill(found, 0);
    } else {
      graph.termsAndGradients(x, shares.of(moment.batch()), moment.step(), moment.warmUp(), found);
    }
    if (averageEvery == 1) {
      group.average(found, x.rows());
    }
    if (averageEvery == 1 || x.rows() > 0) {
      graph.move(found, moment.step(), moment.learningRate());
    }
    if (averageEvery > 1) {
      rowsOfItsOwn += x.rows();
      agreed = false;
      if ((moment.step() + 1) % averageEvery == 0) {
        agree();
      }
    }
    return Arrays.copyOf(found, terms);
  }

  @Override
  public boolean agreed() {
    return agreed;
  }

  @Override
  public void agree() {
    if (!agreed) {
      averageVariables(rowsOfItsOwn);
      rowsOfItsOwn = 0;
      agreed = true;
    }
  }

  private void averageVariables(long weight) {
    float[] variables = graph.variables();
    group.average(variables, weight);
    graph.setVariables(variables);
  }
}
