/**
 * A trained model over HTTP, in the shape of TensorFlow Serving's REST API: the server ({@link
 * org.vaetf.serve.ModelServer}), what it is told ({@link org.vaetf.serve.ServeConfig}), how JSON
 * becomes rows and rows JSON, how requests that come together are computed together, and what it
 * counts.
 */
package org.vaetf.serve;
