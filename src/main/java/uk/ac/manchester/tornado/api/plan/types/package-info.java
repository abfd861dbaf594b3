/** The options of an execution plan, one node type each. */
@NullMarked
package uk.ac.manchester.tornado.api.plan.types;

import org.jspecify.annotations.NullMarked;
