/**
 * The SavedModel contract: {@link org.vaetf.export.ModelExport} writes it, {@link
 * org.vaetf.export.SavedModelVae} loads it, once it has been looked over. The loader needs no class
 * of the model, layer or training packages.
 */
package org.vaetf.export;
