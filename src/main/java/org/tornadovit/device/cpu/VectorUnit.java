package org.tornadovit.device.cpu;

import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import jdk.incubator.vector.VectorShape;

/** The vector registers, as far as the JVM lets Java use them. */
final class VectorUnit {
    private static final String MODULE = "jdk.incubator.vector";

    private VectorUnit() {}

    /** {@return whether Java was started with the module that gives access to vector registers} */
    static boolean isPresent() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    /** {@return the width of the registers in bits, 0 when Java may not use them} */
    static int bits() {
        return isPresent() ? Preferred.bits() : 0;
    }

    /** {@return the number of registers, 0 when Java may not use them} */
    static int registers() {
        boolean many = bits() == 512 || Processor.architecture().equals("aarch64");
        return bits() == 0 ? 0 : many ? 32 : 16;
    }

    /** {@return whether a class refers to vector registers} */
    static boolean isUsedBy(byte[] classFile) {
        String prefix = MODULE.replace('.', '/');
        for (var entry : ClassFile.of().parse(classFile).constantPool()) {
            if (entry instanceof ClassEntry c && c.asInternalName().startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Apart, because it cannot be loaded without the module. */
    private static final class Preferred {
        static int bits() {
            return VectorShape.preferredShape().vectorBitSize();
        }
    }
}
