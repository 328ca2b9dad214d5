package org.vaetf.train;

import org.vaetf.base.Rows;
import org.vaetf.group.Group;

/** How the batches of an epoch move the weights: in this process alone, or in several. */
interface Steps {

  /**
   * Where a step is in its run.
   *
   * @param batch its number within the epoch, from 0
   * @param step its number within the run, from 0; keys the noise
   * @param learningRate η
   * @param warmUp how far the objective's warm-up has gone, 0 to 1
   */
  record Moment(int batch, long step, double learningRate, double warmUp) {}

  /**
   * Weights move along the gradient of a batch.
   *
   * @param x the rows that this process has of it
   * @param moment of the step
   */
  void silent(Rows x, Moment moment);

  /**
   * As {@link #silent}, with the terms of the batch before it.
   *
   * @param x the rows that this process has of it
   * @param moment of the step
   * @return the means of the terms over the rows of all processes, in nats, in their order
   */
  float[] reported(Rows x, Moment moment);

  /** Whether all processes have the same weights. */
  boolean agreed();

  /** Brings all processes to the same weights, where they have not. */
  void agree();

  /**
   * The steps of a process in its group.
   *
   * @param graph holds the weights
   * @param group that the process is of
   * @param shares how the group shares the rows of each step
   * @param parallel when the group comes to an agreement
   * @return steps of this process alone where there is no other
   */
  static Steps of(TrainingGraph graph, Group group, Shares shares, Parallel parallel) {
    if (group.size() == 1) {
      return new SoloSteps(graph);
    }
    // What the first process begins with, all do: its rows, too, where weights begin as rows.
    averageVariables(graph, group, group.rank() == 0 ? 1 : 0);
    return parallel.averagesGradients()
        ? new JointSteps(graph, group, shares)
        : new LocalSteps(graph, group, shares, parallel.averageEvery());
  }

  /** Brings weights and slots to their mean over the processes. */
  static void averageVariables(TrainingGraph graph, Group group, long weight) {
    float[] variables = graph.variables();
    group.average(variables, weight);
    graph.setVariables(variables);
  }
}
