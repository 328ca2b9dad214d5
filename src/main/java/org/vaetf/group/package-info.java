/**
 * Processes that work on one thing together, each with numbers of its own: what they tell each
 * other, and the ring of connections that they do it over.
 */
package org.vaetf.group;
