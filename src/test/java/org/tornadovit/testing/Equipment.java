package org.tornadovit.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a test may need of the machine. Devices are looked for without the project's own bindings,
 * so that a fault of a binding fails tests instead of turning them off.
 */
public enum Equipment {
    JVM("jvm", "the JVM device") {
        @Override
        Optional<String> find() {
            return Optional.of(
                    "JDK "
                            + Runtime.version().feature()
                            + ", "
                            + Runtime.getRuntime().availableProcessors()
                            + " processors");
        }
    },
    OPENCL("opencl", "an OpenCL device (apt-get install pocl-opencl-icd)") {
        @Override
        Optional<String> find() {
            return OpenClPlatforms.describe();
        }
    },
    CUDA("cuda", "an NVIDIA GPU with its driver") {
        @Override
        Optional<String> find() {
            return Optional.ofNullable(System.getenv("CUDA_STAND_IN"))
                    .map(version -> "a driver that stands in, " + version)
                    .or(() -> Optional.of("/dev/nvidiactl").filter(f -> Files.exists(Path.of(f))));
        }
    },
    OCLGRIND("oclgrind", "oclgrind (apt-get install oclgrind)") {
        @Override
        Optional<String> find() {
            return program("oclgrind");
        }
    },
    SPIRV_TOOLS("spirv-tools", "spirv-val (apt-get install spirv-tools)") {
        @Override
        Optional<String> find() {
            return program("spirv-val");
        }
    },
    LLVM_SPIRV("llvm-spirv", "llvm-spirv (apt-get install llvm-spirv-15)") {
        @Override
        Optional<String> find() {
            return Stream.of("llvm-spirv", "llvm-spirv-15")
                    .flatMap(name -> program(name).stream())
                    .findFirst();
        }
    },
    LLVM_SPIRV_14("llvm-spirv-14", "llvm-spirv-14 for oclgrind (apt-get install llvm-spirv-14)") {
        @Override
        Optional<String> find() {
            return program("llvm-spirv-14");
        }
    },
    GCC("gcc", "gcc (apt-get install gcc)") {
        @Override
        Optional<String> find() {
            return program("gcc");
        }
    },
    LEVEL_ZERO("level-zero", "gcc and the header of Level Zero (apt-get install gcc libze-dev)") {
        @Override
        Optional<String> find() {
            Path header = Path.of("/usr/include/level_zero/ze_api.h");
            return Files.exists(header)
                    ? program("gcc").map(gcc -> gcc + " and " + header)
                    : Optional.empty();
        }
    },
    PTXAS("ptxas", "ptxas of the CUDA toolkit") {
        @Override
        Optional<String> find() {
            return program("ptxas");
        }
    },
    PHOTOS(
            "photos",
            "the photos of ../shared/golden/preprocess, which are not for redistribution") {
        @Override
        Optional<String> find() {
            Path folder = Path.of("..", "shared", "golden", "preprocess");
            return Files.isDirectory(folder) ? Optional.of(folder.toString()) : Optional.empty();
        }
    };

    private final String label;
    private final String meaning;
    private Optional<Optional<String>> found = Optional.empty();

    Equipment(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    abstract Optional<String> find();

    /** {@return what was found, in words, or nothing} Looked for once. */
    public synchronized Optional<String> found() {
        if (found.isEmpty()) {
            found = Optional.of(find());
        }
        return found.get();
    }

    /** {@return the name used by {@link RequiresDevice} and {@code scripts/test --require}} */
    public String label() {
        return label;
    }

    /** {@return what is needed, and how to get it} */
    public String meaning() {
        return meaning;
    }

    /**
     * {@return the equipment of that name}
     *
     * @throws IllegalArgumentException when there is none, naming those there are
     */
    public static Equipment named(String label) {
        return Arrays.stream(values())
                .filter(e -> e.label.equals(label))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "Unknown device or tool '"
                                        + label
                                        + "'; known are "
                                        + Arrays.stream(values())
                                                .map(Equipment::label)
                                                .collect(Collectors.joining(", "))
                                        + "."));
    }

    /** {@return the equipment this run must have, from TORNADO_VIT_REQUIRE (jvm,opencl,...)} */
    public static List<Equipment> required() {
        String list = Optional.ofNullable(System.getenv("TORNADO_VIT_REQUIRE")).orElse("");
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .map(Equipment::named)
                .toList();
    }

    private static Optional<String> program(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
