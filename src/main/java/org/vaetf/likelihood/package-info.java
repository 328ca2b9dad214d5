/**
 * The likelihood axis: p(x|z). {@link org.vaetf.likelihood.Likelihood} and its values, each a small
 * record that holds its settings and adds its density to the graph.
 */
package org.vaetf.likelihood;
