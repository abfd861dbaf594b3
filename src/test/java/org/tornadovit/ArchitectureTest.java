package org.tornadovit;

import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The layers of the project: which package may use which. A package that does not exist yet breaks
 * no rule; a class in a package that the table does not know does.
 */
class ArchitectureTest {
    private static final String API = "uk.ac.manchester.tornado.api";
    private static final String MATRIX = "uk.ac.manchester.tornado.matrix";
    private static final String HOME = "org.tornadovit.";
    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("org.tornadovit", "uk.ac.manchester.tornado");

    private static final Set<String> BASE = packages("java[.]base");
    private static final Set<String> JDK = packages("(java|jdk)[.].*");

    /** What of the JDK and of the libraries a package may use beside the project's own packages. */
    private enum Outside {
        /** java.base alone. */
        BASE,
        /** All of the JDK. */
        JDK,
        /** The JDK and the libraries of the build. */
        LIBRARIES
    }

    /**
     * The table: a package, what of the project it may use beside itself, and what from outside.
     */
    private enum Layer {
        IR(HOME + "ir", Outside.BASE),
        /** Makes objects as deserialization does, for which jdk.unsupported has the means. */
        FRONTEND(HOME + "frontend", Outside.JDK, HOME + "ir"),
        PASSES(HOME + "passes", Outside.BASE, HOME + "ir"),
        /** Renderers give {@code device.Code} for {@code DeviceInfo}: the contract, no driver. */
        CODEGEN(HOME + "codegen", Outside.JDK, HOME + "ir", HOME + "passes", HOME + "device"),
        DEVICE(HOME + "device", Outside.JDK),
        RUNTIME(
                HOME + "runtime",
                Outside.JDK,
                HOME + "ir",
                HOME + "frontend",
                HOME + "passes",
                HOME + "codegen",
                HOME + "device",
                API),
        /** Functions for library tasks, behind the runtime's service interface. */
        LIBRARY(HOME + "library", Outside.BASE, HOME + "runtime", HOME + "nn", API),
        TORNADO_API(API, Outside.BASE),
        TORNADO_MATRIX(MATRIX, Outside.BASE, API),
        NN(HOME + "nn", Outside.BASE, API, HOME + "io"),
        MODELS(HOME + "models", Outside.BASE, API, HOME + "nn", HOME + "io"),
        IO(HOME + "io", Outside.LIBRARIES, API),
        TRAIN(HOME + "train", Outside.BASE, HOME + "nn", HOME + "models", HOME + "io", API),
        LAB(
                HOME + "lab",
                Outside.LIBRARIES,
                HOME + "models",
                HOME + "nn",
                HOME + "train",
                HOME + "io",
                API),
        CLI(HOME + "cli", Outside.LIBRARIES, HOME + "lab");

        private final String name;
        private final Outside outside;
        private final List<String> uses;

        Layer(String name, Outside outside, String... uses) {
            this.name = name;
            this.outside = outside;
            this.uses = Stream.concat(Stream.of(name), Arrays.stream(uses)).toList();
        }

        boolean holds(JavaClass type) {
            return within(type, name);
        }

        boolean allows(JavaClass type) {
            return ours(type)
                    ? uses.stream().anyMatch(p -> within(type, p))
                    : outsideAllows(type.getPackageName());
        }

        private boolean outsideAllows(String packageName) {
            return packageName.startsWith("org.jspecify.")
                    || switch (outside) {
                        case BASE -> BASE.contains(packageName);
                        case JDK -> JDK.contains(packageName);
                        case LIBRARIES -> true;
                    };
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLayerUsesOnlyWhatTheTableAllows(Layer layer) {
        classes()
                .that(is("in " + layer.name, layer::holds))
                .should()
                .onlyDependOnClassesThat(
                        is(
                                "allowed for " + layer.name,
                                t -> plain(t) || layer.allows(component(t))))
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void everyClassIsInALayer() {
        everyClassInALayer().check(MAIN);
    }

    private static ArchRule everyClassInALayer() {
        return classes()
                .should(
                        be(
                                is(
                                        "in a package of the table",
                                        t ->
                                                Arrays.stream(Layer.values())
                                                        .anyMatch(l -> l.holds(t)))))
                .allowEmptyShould(true);
    }

    @Test
    void renderersKnowNoDriver() {
        noClasses()
                .that(is("in codegen", Layer.CODEGEN::holds))
                .should()
                .dependOnClassesThat(is("of a driver", ArchitectureTest::driver))
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void devicesDoNotKnowEachOther() {
        for (String device : Set.of("opencl", "cuda", "levelzero", "cpu", "none")) {
            String own = HOME + "device." + device;
            noClasses()
                    .that(is("in " + own, t -> within(t, own)))
                    .should()
                    .dependOnClassesThat(is("of another device", t -> driver(t) && !within(t, own)))
                    .allowEmptyShould(true)
                    .check(MAIN);
        }
    }

    @Test
    void onlyMainEndsTheProcess() {
        noClasses()
                .that(is("not " + HOME + "cli.Main", t -> !t.getName().equals(HOME + "cli.Main")))
                .should()
                .callMethodWhere(
                        accesses(Set.of("java.lang.System", "java.lang.Runtime"), "exit", "halt"))
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void nativeCallsAreInDeviceAndIoAlone() {
        nativeCallsInDeviceAndIoAlone().check(MAIN);
    }

    private static ArchRule nativeCallsInDeviceAndIoAlone() {
        return noClasses()
                .that(
                        is(
                                "outside of device and io",
                                t -> !Layer.DEVICE.holds(t) && !Layer.IO.holds(t)))
                .should()
                .accessTargetWhere(
                        accesses(
                                Set.of(
                                        "java.lang.foreign.Linker",
                                        "java.lang.foreign.SymbolLookup",
                                        "java.lang.foreign.MemorySegment",
                                        "java.lang.foreign.AddressLayout",
                                        "java.lang.ModuleLayer$Controller",
                                        "java.lang.System",
                                        "java.lang.Runtime"),
                                "downcallHandle",
                                "upcallStub",
                                "libraryLookup",
                                "reinterpret",
                                "withTargetLayout",
                                "enableNativeAccess",
                                "load",
                                "loadLibrary"))
                .allowEmptyShould(true);
    }

    @Test
    void aViolationIsFound() {
        JavaClasses tests = new ClassFileImporter().importPackages(HOME + "testing");
        assertThat(everyClassInALayer().evaluate(tests).hasViolation()).isTrue();
        assertThat(nativeCallsInDeviceAndIoAlone().evaluate(tests).hasViolation()).isTrue();
        JavaClass library = new ClassFileImporter().importClass(ClassFileImporter.class);
        assertThat(Arrays.stream(Layer.values()).filter(l -> l.outside == Outside.BASE))
                .noneMatch(l -> l.allows(library));
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .that(is("of this project", t -> t.getPackageName().startsWith(HOME)))
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helper|Manager)(\\$.*)?")
                .orShould()
                .haveNameMatching(".*\\.(util|utils|helper)\\..*")
                .allowEmptyShould(true)
                .check(MAIN);
    }

    /** Byte code will not do: try-with-resources and record patterns catch Throwable there. */
    @Test
    void nothingCatchesThrowable() throws IOException {
        Pattern caught = Pattern.compile("catch\\s*\\([^)]*\\bThrowable\\b[^)]*\\)");
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            assertThat(files.filter(f -> f.toString().endsWith(".java")))
                    .allSatisfy(f ->
                            assertThat(caught.matcher(Files.readString(f)).find())
                                    .as("%s catches Throwable", f)
                                    .isFalse());
        }
    }

    private static DescribedPredicate<JavaAccess<?>> accesses(Set<String> owners, String... names) {
        Set<String> wanted = Set.of(names);
        return DescribedPredicate.describe(
                "one of " + String.join(", ", names),
                access ->
                        owners.contains(access.getTargetOwner().getName())
                                && wanted.contains(access.getTarget().getName()));
    }

    private static DescribedPredicate<JavaClass> is(
            String description, java.util.function.Predicate<JavaClass> test) {
        return DescribedPredicate.describe(description, test);
    }

    private static boolean within(JavaClass type, String packageName) {
        return type.getPackageName().equals(packageName)
                || type.getPackageName().startsWith(packageName + ".");
    }

    private static boolean driver(JavaClass type) {
        return type.getPackageName().startsWith(HOME + "device.");
    }

    private static boolean ours(JavaClass type) {
        return type.getPackageName().startsWith(HOME)
                || type.getPackageName().equals("org.tornadovit")
                || type.getPackageName().startsWith("uk.ac.manchester.tornado");
    }

    private static boolean plain(JavaClass type) {
        return component(type).isPrimitive();
    }

    private static JavaClass component(JavaClass type) {
        return type.getBaseComponentType();
    }

    private static Set<String> packages(String modules) {
        return ModuleLayer.boot().modules().stream()
                .filter(module -> module.getName().matches(modules))
                .flatMap(module -> module.getPackages().stream())
                .collect(Collectors.toSet());
    }
}
