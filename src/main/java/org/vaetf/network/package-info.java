/**
 * The network axis: how data become features, and how a latent point becomes data. {@link
 * org.vaetf.network.Network} and its values, each a small record that holds its sizes and adds its
 * layers to the graph.
 */
package org.vaetf.network;
