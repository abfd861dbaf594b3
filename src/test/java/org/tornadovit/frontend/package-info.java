@NullMarked
package org.tornadovit.frontend;

import org.jspecify.annotations.NullMarked;
