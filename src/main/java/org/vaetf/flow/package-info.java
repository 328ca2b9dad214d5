/**
 * The flow axis: maps from one latent space to another whose Jacobian determinant is known. A chain
 * of them bends a normal distribution into a posterior or a prior. {@link org.vaetf.flow.Flow} and
 * its values, each a small record that holds its sizes and adds its layers to the graph.
 */
package org.vaetf.flow;
