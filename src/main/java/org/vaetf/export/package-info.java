/**
 * The SavedModel contract: {@link org.vaetf.export.ModelExport} writes it, {@link
 * org.vaetf.export.SavedModelVae} loads it. The loader needs no class of the model, layer or
 * training packages.
 */
package org.vaetf.export;
