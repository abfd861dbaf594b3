package org.tornadovit.codegen.jvm;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;

/**
 * The classes of the vectors of one width and element, which the Vector API does not let others
 * name. A cast to one tells the just-in-time compiler, where two ways meet, what operations the
 * vector has. Else it guesses from what it saw before, in other kernels too, and when it guesses
 * wrong every operation makes an object, for the whole run.
 */
final class ExactTypes {
    private static final int ACCESS =
            ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL;

    private final ClassDesc owner;
    private final Registers registers;

    private record Species(ClassDesc holder, String name) {}

    private final Map<String, Species> fields = new LinkedHashMap<>();

    ExactTypes(ClassDesc owner, Registers registers) {
        this.owner = owner;
        this.registers = registers;
    }

    /** Casts the register of a vector on the stack. */
    void cast(CodeBuilder code, Type type) {
        Scalar scalar = type.scalar();
        ClassDesc holder = registers.holder(type);
        String species = registers.species(scalar, registers.lanes(type));
        String field = holder.displayName() + "_" + species;
        fields.put(field, new Species(holder, species));
        code.getstatic(owner, field, CD_Class)
                .swap()
                .invokevirtual(CD_Class, "cast", Names.method(CD_Object, CD_Object))
                .checkcast(holder);
    }

    boolean areUsed() {
        return !fields.isEmpty();
    }

    /** Writes the fields that casts refer to. */
    void fields(ClassBuilder builder) {
        fields.keySet().forEach(field -> builder.withField(field, CD_Class, ACCESS));
    }

    /** Writes what sets them. */
    void initialise(CodeBuilder code) {
        fields.forEach((field, species) ->
                code.getstatic(species.holder(), species.name(), Names.VECTOR_SPECIES)
                        .invokeinterface(Names.VECTOR_SPECIES, "vectorType", Names.method(CD_Class))
                        .putstatic(owner, field, CD_Class));
    }
}
