/**
 * The runtime behind the TornadoVM API: finds devices, compiles tasks, plans transfers and runs
 * graphs. {@link org.tornadovit.runtime.GraphRuntime}, {@link org.tornadovit.runtime.Machine} and
 * {@link org.tornadovit.runtime.Settings} are what the API loads by name.
 */
@NullMarked
package org.tornadovit.runtime;

import org.jspecify.annotations.NullMarked;
