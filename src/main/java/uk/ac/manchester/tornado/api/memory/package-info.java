/** What a runtime tells of device memory. */
@NullMarked
package uk.ac.manchester.tornado.api.memory;

import org.jspecify.annotations.NullMarked;
