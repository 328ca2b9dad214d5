/**
 * The only owner of native memory: sessions, the tensors that go in and out of them, the devices
 * they run on, and the threads that rows are shared out to. Rows cross this border as {@link
 * org.vaetf.base.Samples}; no tensor leaves the package.
 */
package org.vaetf.tf;
