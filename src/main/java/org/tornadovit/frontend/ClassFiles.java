package org.tornadovit.frontend;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;

/** The class files of loaded classes, parsed once a class. */
final class ClassFiles {
    private static final ClassValue<ClassModel> MODELS =
            new ClassValue<>() {
                @Override
                protected ClassModel computeValue(Class<?> type) {
                    return read(type);
                }
            };

    private ClassFiles() {}

    /**
     * {@return the parsed class file of {@code type}}
     *
     * @throws IllegalArgumentException when the class loader does not give the class file
     */
    static ClassModel of(Class<?> type) {
        return MODELS.get(type);
    }

    private static ClassModel read(Class<?> type) {
        String name = type.getName();
        String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "the class file of "
                                + name
                                + " cannot be read; its class loader must offer it as a resource");
            }
            return ClassFile.of().parse(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalArgumentException("the class file of " + name + " is unreadable", e);
        }
    }
}
