/**
 * The command line: {@link org.vaetf.cli.Main}. Commands parse, call the library and print; what a
 * user of the library would miss lives in the library.
 */
package org.vaetf.cli;
