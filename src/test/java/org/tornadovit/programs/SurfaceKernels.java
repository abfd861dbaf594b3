package org.tornadovit.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.internal.annotations.Vector;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;
import uk.ac.manchester.tornado.api.types.common.PrimitiveStorage;
import uk.ac.manchester.tornado.api.types.matrix.Matrix8x8Float;
import uk.ac.manchester.tornado.api.utils.QuantizationUtils;

/**
 * A kernel for each method of the API, and of the JDK's classes of numbers, that a kernel can call:
 * arguments come from arrays, results go to arrays.
 */
final class SurfaceKernels {
    /** Iterations of a kernel; a power of two. */
    static final int ITEMS = 16;

    /** Elements that a result takes at most. */
    private static final int WIDTH = 48;

    private static final String ROOT = "uk.ac.manchester.tornado.api.";

    private static final Path TYPES = Path.of("src/main/java/uk/ac/manchester/tornado/api/types");

    /** What concerns the host: text, buffers, memory of the whole, and copies of it. */
    private static final Set<String> HOST =
            Set.of(
                    "asBuffer",
                    "loadFromBuffer",
                    "toString",
                    "summarise",
                    "getSegment",
                    "getSegmentWithHeader",
                    "getNumBytes",
                    "getNumBytesWithHeader",
                    "getNumBytesOfSegment",
                    "getNumBytesOfSegmentWithHeader",
                    "duplicate",
                    "subVector",
                    "slice",
                    "toHeapArray",
                    "toShortArray",
                    "concat",
                    "fromArray",
                    "fromElements",
                    "fromShorts",
                    "fromFloatsE4M3",
                    "fromFloatsE5M2",
                    "calculateULP",
                    "equals",
                    "hashCode");

    private static final Map<Class<?>, String> SOURCES = new LinkedHashMap<>();

    static {
        SOURCES.put(int.class, "si");
        SOURCES.put(long.class, "sl");
        SOURCES.put(float.class, "sf");
        SOURCES.put(double.class, "sd");
        SOURCES.put(byte.class, "sb");
        SOURCES.put(short.class, "ss");
        SOURCES.put(char.class, "sc");
        SOURCES.put(HalfFloat.class, "sh");
    }

    private static final String FIXED =
            "IntArray si, LongArray sl, FloatArray sf, DoubleArray sd, ByteArray sb, ShortArray ss,"
                    + " CharArray sc, HalfFloatArray sh, IntArray oi, LongArray ol, FloatArray of,"
                    + " DoubleArray od";

    /**
     * A call of one method.
     *
     * @param name class, method and parameters
     * @param lines Java text; {@code $} is the first element of its results
     * @param containers the types of objects that it takes as parameters of the kernel
     * @param writes whether it may change such an object
     */
    record Call(String name, List<String> lines, List<Class<?>> containers, boolean writes) {}

    /** By which a task finds the methods of a class of another loader. */
    private static final String LOOKUP =
            """
            static java.lang.invoke.MethodHandles.Lookup lookup() {
                return java.lang.invoke.MethodHandles.lookup();
            }
            """;

    private final List<String> lines = new ArrayList<>();
    private final List<Class<?>> containers = new ArrayList<>();
    private final List<Class<?>> vectors = new ArrayList<>();
    private int values;

    private SurfaceKernels() {}

    /** {@return the classes whose methods are called} */
    static List<Class<?>> owners() {
        try (Stream<Path> files = Files.walk(TYPES)) {
            List<Class<?>> owners =
                    files.map(Path::toString)
                            .filter(f -> f.endsWith(".java") && !f.endsWith("package-info.java"))
                            .map(f -> f.substring("src/main/java/".length(), f.length() - 5))
                            .<Class<?>>map(f -> type(f.replace('/', '.')))
                            .filter(c -> Modifier.isPublic(c.getModifiers()) && !c.isInterface())
                            .filter(c ->
                                    !Modifier.isAbstract(c.getModifiers())
                                            && c != Matrix8x8Float.class)
                            .sorted(Comparator.comparing(Class::getSimpleName))
                            .collect(Collectors.toCollection(ArrayList::new));
            owners.add(TornadoMath.class);
            owners.add(QuantizationUtils.class);
            owners.addAll(
                    List.of(
                            Math.class,
                            StrictMath.class,
                            Integer.class,
                            Long.class,
                            Float.class,
                            Double.class,
                            Short.class,
                            Byte.class,
                            Boolean.class));
            return owners;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return a call for each method of a class that a kernel can call} */
    static List<Call> calls(Class<?> owner) {
        return Stream.concat(
                        Arrays.stream(owner.getDeclaredConstructors()),
                        Arrays.stream(owner.getDeclaredMethods()))
                .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
                .filter(m -> !HOST.contains(m.getName()))
                .filter(m -> suits(owner, m))
                .sorted(Comparator.comparing(SurfaceKernels::name))
                .map(m -> new SurfaceKernels().call(owner, m))
                .toList();
    }

    /** What throws, or differs at each call. */
    private static boolean isFree(Executable method) {
        String name = method.getName();
        return !name.endsWith("Exact") && !Set.of("random", "IEEEremainder").contains(name);
    }

    private static boolean suits(Class<?> owner, Executable method) {
        if (!isFree(method)) {
            return false;
        }
        boolean jdk = owner.getName().startsWith("java.");
        boolean free = method instanceof Constructor<?> || Modifier.isStatic(method.getModifiers());
        if (jdk && (method instanceof Constructor<?> || !free)) {
            return false;
        }
        if (method instanceof Constructor<?> && !isVector(owner) && owner != HalfFloat.class) {
            return false;
        }
        if (!free && !isArgument(owner)) {
            return false;
        }
        if (method instanceof Method m && !isResult(m.getReturnType())) {
            return false;
        }
        return Arrays.stream(method.getParameterTypes()).allMatch(SurfaceKernels::isArgument);
    }

    private static boolean isVector(Class<?> type) {
        return type.isAnnotationPresent(Vector.class);
    }

    private static boolean isNumber(Class<?> type) {
        return type.isPrimitive() && type != void.class || type == HalfFloat.class;
    }

    private static boolean isContainer(Class<?> type) {
        return TornadoNativeArray.class.isAssignableFrom(type)
                || PrimitiveStorage.class.isAssignableFrom(type)
                        && !isVector(type)
                        && type != Matrix8x8Float.class;
    }

    private static boolean isArgument(Class<?> type) {
        return isNumber(type)
                || isVector(type)
                || isContainer(type)
                || type.isArray() && type.getComponentType().isPrimitive();
    }

    private static boolean isResult(Class<?> type) {
        return type == void.class
                || isNumber(type)
                || isVector(type)
                || TornadoNativeArray.class.isAssignableFrom(type)
                || type.isArray() && type.getComponentType().isPrimitive();
    }

    private static String name(Executable method) {
        return method.getDeclaringClass().getSimpleName()
                + "."
                + (method instanceof Constructor<?> ? "new" : method.getName())
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(",", "(", ")"));
    }

    private Call call(Class<?> owner, Executable method) {
        String receiver = owner.getSimpleName();
        boolean writes = false;
        if (method instanceof Method && !Modifier.isStatic(method.getModifiers())) {
            receiver = named(owner, value(owner));
            writes = isContainer(owner) && !method.getName().startsWith("get");
        }
        String arguments =
                Arrays.stream(method.getParameters())
                        .map(p -> named(p.getType(), argument(method, p)))
                        .collect(Collectors.joining(", ", "(", ")"));
        if (method instanceof Constructor<?>) {
            lines.add(
                    owner.getSimpleName() + " x = new " + owner.getSimpleName() + arguments + ";");
            store(owner, "x", 0);
        } else if (method instanceof Method m) {
            Class<?> type = m.getReturnType();
            String text = receiver + "." + m.getName() + arguments;
            if (type == void.class) {
                lines.add(text + ";");
                for (int v = 0; v < vectors.size(); v++) {
                    Class<?> vector = vectors.get(v);
                    store(vector, "v" + v, v * size(vector));
                }
            } else {
                lines.add(type.getSimpleName() + " x = " + text + ";");
                store(type, "x", 0);
            }
        }
        boolean effect = method instanceof Method m && m.getReturnType() == void.class;
        writes |= effect && !containers.isEmpty();
        return new Call(name(method), List.copyOf(lines), List.copyOf(containers), writes);
    }

    /** {@return an argument; a vector gets a name, to see what becomes of it} */
    private String named(Class<?> type, String value) {
        if (!isVector(type)) {
            return value;
        }
        String name = "v" + vectors.size();
        vectors.add(type);
        lines.add(type.getSimpleName() + " " + name + " = " + value + ";");
        return name;
    }

    /** Integers that choose an element are 0 or 1. */
    private String argument(Executable method, Parameter parameter) {
        boolean element =
                !isNumber(method.getDeclaringClass())
                        && !Modifier.isStatic(method.getModifiers())
                        && method instanceof Method;
        element |= Set.of("atomicAdd", "vs", "vs1").contains(method.getName());
        boolean clamp = method.getName().equals("clamp");
        if (clamp && !method.getParameters()[0].equals(parameter)) {
            int at = List.of(method.getParameters()).indexOf(parameter);
            return "(" + parameter.getType() + ") (" + (at == 1 ? "-2" : "3 + i") + ")";
        }
        boolean divisor =
                method.getDeclaringClass().getName().startsWith("java.")
                        && (parameter.getType() == long.class || parameter.getType() == int.class)
                        && !method.getParameters()[0].equals(parameter);
        if (divisor) {
            return "(" + value(parameter.getType()) + " | 1)";
        }
        boolean dot = method.getDeclaringClass() == QuantizationUtils.class;
        Class<?> type = parameter.getType();
        if (element && type == int.class || dot && type == long.class) {
            return type == int.class ? "(i & 1)" : "(long) (i & 1) * 4";
        }
        return value(type);
    }

    /** {@return an expression of a type, another one at each call} */
    private String value(Class<?> type) {
        String at = "i + " + 3 * values++ + " & " + (ITEMS - 1);
        if (type == boolean.class) {
            return "(si.get(" + at + ") > 0)";
        }
        if (SOURCES.containsKey(type)) {
            return SOURCES.get(type) + ".get(" + at + ")";
        }
        if (isVector(type)) {
            Class<?> component = component(type);
            return IntStream.range(0, size(type))
                    .mapToObj(_ -> value(component))
                    .collect(Collectors.joining(", ", "new " + type.getSimpleName() + "(", ")"));
        }
        if (type.isArray()) {
            Class<?> component = type.getComponentType();
            return IntStream.range(0, 8)
                    .mapToObj(_ -> value(component))
                    .collect(Collectors.joining(", ", "new " + type.getSimpleName() + " {", "}"));
        }
        containers.add(type);
        return "<" + (containers.size() - 1) + ">";
    }

    private static Constructor<?> whole(Class<?> vector) {
        return Arrays.stream(vector.getConstructors())
                .filter(c ->
                        Arrays.stream(c.getParameterTypes()).allMatch(SurfaceKernels::isNumber))
                .max(Comparator.comparing(Constructor::getParameterCount))
                .orElseThrow();
    }

    private static Class<?> component(Class<?> vector) {
        return whole(vector).getParameterTypes()[0];
    }

    private static int size(Class<?> vector) {
        return whole(vector).getParameterCount();
    }

    private void store(Class<?> type, String x, int at) {
        if (isVector(type)) {
            for (int k = 0; k < size(type); k++) {
                number(component(type), x + ".get(" + k + ")", at + k);
            }
        } else if (type.isArray()) {
            number(type.getComponentType(), x + "[1]", 0);
            number(int.class, x + ".length", 1);
        } else if (TornadoNativeArray.class.isAssignableFrom(type)) {
            number(element(type), x + ".get(1)", 0);
            number(int.class, x + ".getSize()", 1);
        } else {
            number(type, x, 0);
        }
    }

    private static Class<?> element(Class<?> array) {
        try {
            return array.getMethod("get", int.class).getReturnType();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private void number(Class<?> type, String x, int k) {
        String text = type == boolean.class ? x + " ? 1 : 0" : x;
        String out = "oi";
        if (type == HalfFloat.class) {
            text = x + ".getFloat32()";
        }
        if (type == long.class || type == double.class) {
            out = type == long.class ? "ol" : "od";
        } else if (type == float.class || type == HalfFloat.class) {
            out = "of";
        }
        lines.add(out + ".set($ + " + k + ", " + text + ");");
    }

    /** {@return the elements that the arrays of results need} */
    static int results(List<Call> calls) {
        return ITEMS * calls.size() * WIDTH;
    }

    /** {@return a class with a kernel for each list: {@code k0}, {@code k1}, ...} */
    static String source(String type, List<List<Call>> kernels) {
        StringBuilder text = new StringBuilder();
        for (String p :
                List.of(
                        "annotations",
                        "math",
                        "types",
                        "types.arrays",
                        "types.collections",
                        "types.images",
                        "types.matrix",
                        "types.utils",
                        "types.vectors",
                        "types.volumes",
                        "utils")) {
            text.append("import ").append(ROOT).append(p).append(".*;\n");
        }
        text.append("public final class ").append(type).append(" {\n").append(LOOKUP);
        for (int k = 0; k < kernels.size(); k++) {
            text.append(kernel("k" + k, kernels.get(k)));
        }
        return text.append("}\n").toString();
    }

    /** {@return the objects that the calls of a kernel take, in order} */
    static List<Class<?>> containers(List<Call> calls) {
        return calls.stream().flatMap(c -> c.containers().stream()).toList();
    }

    private static String kernel(String name, List<Call> calls) {
        StringBuilder text = new StringBuilder("public static void " + name + "(" + FIXED);
        List<Class<?>> all = containers(calls);
        for (int p = 0; p < all.size(); p++) {
            text.append(", ").append(all.get(p).getSimpleName()).append(" p").append(p);
        }
        boolean writes = calls.stream().anyMatch(Call::writes);
        text.append(") {\nfor (").append(writes ? "" : "@Parallel ");
        text.append("int i = 0; i < ").append(ITEMS).append("; i++) {\n");
        int first = 0;
        for (int c = 0; c < calls.size(); c++) {
            text.append("{ // ").append(calls.get(c).name()).append('\n');
            String at = "(i + " + c * ITEMS + ") * " + WIDTH;
            for (String line : calls.get(c).lines()) {
                for (int p = 0; p < calls.get(c).containers().size(); p++) {
                    line = line.replace("<" + p + ">", "p" + (first + p));
                }
                text.append(line.replace("$", at)).append('\n');
            }
            first += calls.get(c).containers().size();
            text.append("}\n");
        }
        return text.append("}\n}\n").toString();
    }
}
