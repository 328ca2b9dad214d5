/**
 * What this machine's HTTP servers have in common: a port to listen on, its address, and refusals.
 * What is asked and answered is their own.
 */
package org.vaetf.http;
