/** Quantised arithmetic and formatting. */
@NullMarked
package uk.ac.manchester.tornado.api.utils;

import org.jspecify.annotations.NullMarked;
