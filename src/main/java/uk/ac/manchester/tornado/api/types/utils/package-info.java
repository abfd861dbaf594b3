/** Formats and comparisons of the numeric types. */
@NullMarked
package uk.ac.manchester.tornado.api.types.utils;

import org.jspecify.annotations.NullMarked;
