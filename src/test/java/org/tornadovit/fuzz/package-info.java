@NullMarked
package org.tornadovit.fuzz;

import org.jspecify.annotations.NullMarked;
