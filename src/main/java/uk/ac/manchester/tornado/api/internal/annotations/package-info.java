/** Marks that compilers read. */
@NullMarked
package uk.ac.manchester.tornado.api.internal.annotations;

import org.jspecify.annotations.NullMarked;
