/** Dense linear algebra on the API's matrices, as TornadoVM's module of matrices has it. */
@NullMarked
package uk.ac.manchester.tornado.matrix;

import org.jspecify.annotations.NullMarked;
