/**
 * Layers: dense, convolution and transposed convolution, activations, initializers. A layer is a
 * function that adds operations to a graph; its weights come from a {@link org.vaetf.nn.Weights},
 * so the same layer serves training (variables), an export (constants) and the body of a loop
 * (inputs). {@link org.vaetf.nn.Towers} cut a batch into parts that are computed side by side.
 */
package org.vaetf.nn;
