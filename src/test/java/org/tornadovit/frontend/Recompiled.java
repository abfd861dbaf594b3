package org.tornadovit.frontend;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a test source file again, with other options, and loads what comes out. */
public final class Recompiled extends ClassLoader {
    private final Map<String, byte[]> classes;

    private Recompiled(Map<String, byte[]> classes) {
        super(Recompiled.class.getClassLoader());
        this.classes = classes;
    }

    /** {@return the class {@code type} compiled with {@code options} in a loader of its own} */
    static Class<?> of(Class<?> type, String... options) {
        String name = type.getName();
        Path source = Path.of("src/test/java", name.replace('.', '/') + ".java");
        try {
            return of(name, Files.readString(source), options);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the class {@code name} of the source text {@code source}} */
    public static Class<?> of(String name, String source, String... options) {
        Map<String, byte[]> classes = new HashMap<>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileManager files =
                new Collector(compiler.getStandardFileManager(null, null, null), classes);
        JavaFileObject unit =
                new SimpleJavaFileObject(
                        URI.create("string:///" + name.replace('.', '/') + ".java"),
                        JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> all = new java.util.ArrayList<>(List.of("-proc:none", "-nowarn"));
        all.addAll(List.of(options));
        var messages = new javax.tools.DiagnosticCollector<JavaFileObject>();
        if (!compiler.getTask(null, files, messages, all, null, List.of(unit)).call()) {
            throw new IllegalStateException(
                    name + " does not compile: " + messages.getDiagnostics());
        }
        return load(name, classes);
    }

    /** {@return the class {@code name} of the class file {@code bytes}} */
    static Class<?> load(String name, byte[] bytes) {
        return load(name, Map.of(name, bytes));
    }

    private static Class<?> load(String name, Map<String, byte[]> classes) {
        try {
            return new Recompiled(classes).loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            byte[] bytes = classes.get(name);
            if (loaded == null && bytes != null) {
                loaded = defineClass(name, bytes, 0, bytes.length);
            }
            return loaded != null ? loaded : super.loadClass(name, resolve);
        }
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        byte[] bytes =
                name.endsWith(".class")
                        ? classes.get(name.substring(0, name.length() - 6).replace('/', '.'))
                        : null;
        return bytes != null ? new ByteArrayInputStream(bytes) : super.getResourceAsStream(name);
    }

    private static final class Collector extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, byte[]> classes;

        Collector(JavaFileManager files, Map<String, byte[]> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location,
                String className,
                JavaFileObject.Kind kind,
                javax.tools.FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            classes.put(className, toByteArray());
                        }
                    };
                }
            };
        }
    }
}
