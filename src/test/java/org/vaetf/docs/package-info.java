/**
 * Tests that what the documentation shows is true: examples compile and run, commands exit with 0.
 */
package org.vaetf.docs;
