/** The benchmarks, tried briefly: they run and answer sensibly. */
package org.vaetf.bench;
