package uk.ac.manchester.tornado.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import uk.ac.manchester.tornado.api.source.Signatures;
import uk.ac.manchester.tornado.api.source.Signatures.Member;
import uk.ac.manchester.tornado.api.source.Signatures.Type;

/** Every type, constructor, method, field and constant of the signature list exists as written. */
class SurfaceTest {
    /** Sealed over several packages, which the class path does not allow. */
    private static final Set<String> NOT_SEALED =
            Set.of(
                    "ExecutionPlanType",
                    "PrimitiveStorage",
                    "TornadoCollectionInterface",
                    "TornadoImagesInterface",
                    "TornadoMatrixInterface",
                    "TornadoVectorsInterface",
                    "TornadoVolumesInterface");

    /** Members beyond the list, for use between the API's packages. */
    private static final Set<String> EXTRA = Set.of("FloatingPointError.of(FloatArray,FloatArray)");

    private static final Map<String, Type> TYPES = Signatures.read();

    @Test
    void theListIsWhole() {
        List<Member> members = TYPES.values().stream().flatMap(t -> t.members().stream()).toList();
        assertThat(TYPES).hasSize(255);
        assertThat(members.stream().filter(m -> m.kind() == 'M')).hasSize(3168);
        assertThat(members.stream().filter(m -> m.kind() == 'C')).hasSize(283);
    }

    @TestFactory
    List<DynamicTest> types() {
        return TYPES.values().stream()
                .map(t -> DynamicTest.dynamicTest(t.binaryName(), () -> check(t)))
                .toList();
    }

    private static void check(Type type) throws ReflectiveOperationException {
        Class<?> found = Class.forName(type.binaryName());
        assertThat(kind(found)).isEqualTo(type.kind());
        checkModifiers(type, found);
        checkSuperTypes(type, found);
        checkAnnotations(type, found);
        Set<String> expected = new TreeSet<>();
        for (Member m : type.members()) {
            switch (m.kind()) {
                case 'C' -> expected.add(checkConstructor(type, m, found));
                case 'M' -> expected.add(checkMethod(type, m, found));
                case 'F' -> checkField(type, m, found);
                default -> checkConstants(m, found);
            }
        }
        assertThat(visible(found)).isSubsetOf(expected);
    }

    private static String kind(Class<?> type) {
        return type.isAnnotation()
                ? "@interface"
                : type.isInterface()
                        ? "interface"
                        : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    }

    private static void checkModifiers(Type type, Class<?> found) {
        int modifiers = found.getModifiers();
        assertThat(Modifier.isPublic(modifiers)).isTrue();
        if (type.kind().equals("class")) {
            assertThat(Modifier.isFinal(modifiers)).isEqualTo(type.modifiers().contains("final"));
            assertThat(Modifier.isAbstract(modifiers))
                    .isEqualTo(type.modifiers().contains("abstract"));
        }
        assertThat(found.isSealed())
                .isEqualTo(
                        type.modifiers().contains("sealed") && !NOT_SEALED.contains(type.name()));
    }

    private static void checkSuperTypes(Type type, Class<?> found) {
        String header = type.header().replaceAll("<[^<>]*>", "").replaceAll("<[^<>]*>", "");
        String[] words = header.split("[ ,]+");
        Set<String> parents =
                Arrays.stream(found.getInterfaces())
                        .map(SurfaceTest::name)
                        .collect(Collectors.toSet());
        if (found.getSuperclass() != null) {
            parents.add(name(found.getSuperclass()));
        }
        for (int i = 1; i < words.length; i++) {
            if (!words[i].equals("extends") && !words[i].equals("implements")) {
                assertThat(parents).contains(words[i]);
            }
        }
    }

    private static void checkAnnotations(Type type, Class<?> found) {
        String present =
                Arrays.stream(found.getAnnotations())
                        .map(a -> a.toString().replaceAll("@[\\w.]*\\.", "@"))
                        .map(a -> a.replaceAll("[\\w.]*\\.(RUNTIME|[A-Z_]+)\\b", "$1"))
                        .collect(Collectors.joining(" "));
        for (String annotation : type.annotations().split(" (?=@)")) {
            assertThat(present).contains(annotation);
        }
    }

    private static String checkConstructor(Type type, Member m, Class<?> found) {
        String key = key(type, "<init>", m);
        Constructor<?> constructor =
                Arrays.stream(found.getDeclaredConstructors())
                        .filter(c -> key(found, "<init>", c.getParameterTypes()).equals(key))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no " + key));
        assertThat(visibility(constructor.getModifiers())).as(key).isEqualTo(visibility(m));
        return key;
    }

    private static String checkMethod(Type type, Member m, Class<?> found) {
        String key = key(type, m.name(), m);
        Method method =
                Arrays.stream(found.getDeclaredMethods())
                        .filter(c -> !c.isSynthetic())
                        .filter(c -> key(found, c.getName(), c.getParameterTypes()).equals(key))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no " + key));
        int modifiers = method.getModifiers();
        assertThat(name(method.getReturnType())).as(key).isEqualTo(erased(type, m, m.type()));
        assertThat(visibility(modifiers)).as(key).isEqualTo(visibility(m));
        assertThat(Modifier.isStatic(modifiers))
                .as(key)
                .isEqualTo(m.modifiers().contains("static"));
        assertThat(method.isDefault()).as(key).isEqualTo(m.modifiers().contains("default"));
        assertThat(method.isAnnotationPresent(Deprecated.class)).as(key).isEqualTo(m.deprecated());
        assertThat(
                        Arrays.stream(method.getExceptionTypes())
                                .map(SurfaceTest::name)
                                .collect(Collectors.joining(",")))
                .as(key)
                .isEqualTo(m.thrown());
        return key;
    }

    private static void checkField(Type type, Member m, Class<?> found)
            throws ReflectiveOperationException {
        Field field = found.getDeclaredField(m.name());
        int modifiers = field.getModifiers();
        String key = type.name() + "." + m.name();
        assertThat(name(field.getType())).as(key).isEqualTo(erased(type, m, m.type()));
        assertThat(visibility(modifiers)).as(key).isEqualTo(visibility(m));
        assertThat(Modifier.isStatic(modifiers))
                .as(key)
                .isEqualTo(m.modifiers().contains("static"));
        assertThat(Modifier.isFinal(modifiers)).as(key).isEqualTo(m.modifiers().contains("final"));
        if (!m.value().isEmpty() && !m.name().equals("EPOCH_US")) {
            assertThat(String.valueOf(field.get(null))).as(key).isEqualTo(m.value());
        }
    }

    private static void checkConstants(Member m, Class<?> found) {
        String names =
                Arrays.stream(found.getEnumConstants())
                        .map(c -> ((Enum<?>) c).name())
                        .collect(Collectors.joining(", "));
        assertThat(names).isEqualTo(m.value());
    }

    /** The constructors and methods a user sees, without what the compiler adds. */
    private static Set<String> visible(Class<?> found) {
        Set<String> keys = new TreeSet<>();
        for (Constructor<?> c : found.getDeclaredConstructors()) {
            if (!visibility(c.getModifiers()).isEmpty() && !found.isEnum()) {
                keys.add(key(found, "<init>", c.getParameterTypes()));
            }
        }
        for (Method c : found.getDeclaredMethods()) {
            boolean added =
                    c.isSynthetic()
                            || found.isEnum() && c.getName().matches("values|valueOf")
                            || c.getName().equals("toString") && c.getParameterCount() == 0;
            if (!added && !visibility(c.getModifiers()).isEmpty()) {
                keys.add(key(found, c.getName(), c.getParameterTypes()));
            }
        }
        keys.removeAll(EXTRA);
        return keys;
    }

    private static String visibility(int modifiers) {
        return Modifier.isPublic(modifiers)
                ? "public"
                : Modifier.isProtected(modifiers) ? "protected" : "";
    }

    private static String visibility(Member m) {
        return m.modifiers().contains("protected") ? "protected" : "public";
    }

    private static String key(Type type, String name, Member m) {
        String parameters =
                m.parameters().stream()
                        .map(p -> erased(type, m, p.type()))
                        .collect(Collectors.joining(","));
        return type.name() + "." + name + "(" + parameters + ")";
    }

    private static String key(Class<?> type, String name, Class<?>[] parameters) {
        return name(type)
                + "."
                + name
                + "("
                + Arrays.stream(parameters).map(SurfaceTest::name).collect(Collectors.joining(","))
                + ")";
    }

    /** A class by its name without the package, nested ones with the class around them. */
    private static String name(Class<?> type) {
        if (type.isArray()) {
            return name(type.componentType()) + "[]";
        }
        return type.getDeclaringClass() == null
                ? type.getSimpleName()
                : name(type.getDeclaringClass()) + "." + type.getSimpleName();
    }

    /** A type as the list writes it, erased: a variable becomes its bound. */
    private static String erased(Type around, Member m, String text) {
        String type = text.replace("...", "[]").replaceAll("^concurrent\\.", "");
        while (type.contains("<")) {
            type = type.replaceAll("<[^<>]*>", "");
        }
        String element = type.replace("[]", "");
        if (!element.matches("T\\d*|D")) {
            return type;
        }
        Matcher bound =
                Pattern.compile("\\b" + element + " extends (\\w+)")
                        .matcher(
                                m.typeParameters().isEmpty()
                                        ? around.header()
                                        : m.typeParameters());
        return type.replace(element, bound.find() ? bound.group(1) : "Object");
    }
}
