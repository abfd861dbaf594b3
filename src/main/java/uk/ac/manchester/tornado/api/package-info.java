/** The TornadoVM 5.2 programming interface: task graphs, execution plans and kernel contexts. */
@NullMarked
package uk.ac.manchester.tornado.api;

import org.jspecify.annotations.NullMarked;
