/**
 * The offline compilers of FPGAs: from OpenCL C to files that a driver loads, hours before a
 * program runs. No device is driven here.
 */
@NullMarked
package org.tornadovit.device.fpga;

import org.jspecify.annotations.NullMarked;
