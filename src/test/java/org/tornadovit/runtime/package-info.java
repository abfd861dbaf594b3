@NullMarked
package org.tornadovit.runtime;

import org.jspecify.annotations.NullMarked;
