/**
 * Labelled images: folders and zip files of one folder a class, CIFAR's binary files, and the
 * embedded handwritten digits; their splits, shuffles and batches; and files of class names.
 */
@NullMarked
package org.tornadovit.io.data;

import org.jspecify.annotations.NullMarked;
