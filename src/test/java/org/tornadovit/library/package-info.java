@org.jspecify.annotations.NullMarked
package org.tornadovit.library;
