/** What tests of several packages share. */
package org.vaetf.testing;
