/**
 * Trained models that come with the library: {@link org.vaetf.zoo.Zoo} lists, loads and copies
 * them. The models themselves are the folder {@code saved_models} of the repository.
 */
package org.vaetf.zoo;
