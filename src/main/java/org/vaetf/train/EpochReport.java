package org.vaetf.train;

import java.util.Map;

/**
 * What an epoch gave.
 *
 * @param epoch from 1
 * @param step steps done in all
 * @param seconds the epoch took, evaluation included
 * @param learningRate of its last step
 * @param train means of the objective's terms over the epoch's batches, each at the weights of its
 *     step
 * @param test means of the objective's terms over the test part, at the weights after the epoch
 * @param best whether the watched metric has a new least value
 * @param last whether the run ends with it
 */
public record EpochReport(
    int epoch,
    long step,
    double seconds,
    double learningRate,
    Map<String, Double> train,
    Map<String, Double> test,
    boolean best,
    boolean last) {}
