/** Programs and kernels as users of TornadoVM write them. */
@org.jspecify.annotations.NullMarked
package org.tornadovit.programs;
