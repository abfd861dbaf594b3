/** Functions that plans call as library tasks, as plain loops that run on every device. */
@NullMarked
package org.tornadovit.library;

import org.jspecify.annotations.NullMarked;
