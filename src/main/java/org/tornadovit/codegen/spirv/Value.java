package org.tornadovit.codegen.spirv;

import org.tornadovit.ir.Type;

/**
 * A value that an instruction gave.
 *
 * @param type its type in the IR; F16 and BF16 are held as floats
 * @param id the result of the instruction
 */
record Value(Type type, int id) {}
