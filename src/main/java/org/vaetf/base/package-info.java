/**
 * What every other package stands on: rows of numbers and their shape, named seeds, exceptions with
 * one clear line, argument checks, JSON, atomic files, PNG, checksums and threads. Nothing here
 * knows TensorFlow, and nothing here depends on another package of the project.
 */
package org.vaetf.base;
