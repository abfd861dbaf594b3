/** What vector, matrix and image types share. */
@NullMarked
package uk.ac.manchester.tornado.api.types.common;

import org.jspecify.annotations.NullMarked;
