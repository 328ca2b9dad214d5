/**
 * Data in and out: readers and writers of every format, the data sets that have a name, scaling,
 * splits and batches. Rows come by number ({@link org.vaetf.data.DataSet}) where training shuffles
 * them, and in order ({@link org.vaetf.data.RowReader}, {@link org.vaetf.data.RowWriter}) where a
 * job streams them. Nothing here knows TensorFlow.
 */
package org.vaetf.data;
