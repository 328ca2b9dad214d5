/** What a trained model is worth: {@link org.vaetf.eval.Evaluator}. */
package org.vaetf.eval;
