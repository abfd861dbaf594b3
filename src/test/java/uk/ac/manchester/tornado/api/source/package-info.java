/**
 * The templates of the API's families (vectors, collections, images, matrices, arrays, arities) and
 * the signature list they and the reflection test read. {@link
 * uk.ac.manchester.tornado.api.source.GenerateSources} writes the sources below src/main/java.
 */
@NullMarked
package uk.ac.manchester.tornado.api.source;

import org.jspecify.annotations.NullMarked;
