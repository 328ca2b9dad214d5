package org.vaetf.spark;

import java.io.Serializable;
import java.util.ArrayList;
import org.vaetf.data.Classes;
import org.vaetf.export.SavedModelVae;

/**
 * What a driver needs to know of a model.
 *
 * @param rowSize numbers in a row of x
 * @param latent dimensions of the latent space
 * @param classCount of a conditional model; 0 for none
 * @param classNames of its classes, where they have some
 * @param deterministic whether the posterior is a point
 */
@SuppressWarnings("NonApiType") // A list that is serializable.
record ModelTraits(
    int rowSize, int latent, int classCount, ArrayList<String> classNames, boolean deterministic)
    implements Serializable {

  static ModelTraits of(SavedModelVae vae) {
    return new ModelTraits(
        vae.shape().size(),
        vae.latent(),
        vae.classes().count(),
        new ArrayList<>(vae.classes().names()),
        vae.isDeterministic());
  }

  boolean conditional() {
    return classCount > 0;
  }

  Classes classes() {
    return new Classes(classCount, classNames);
  }
}
