package org.tornadovit.passes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Parser;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Var;

/** Kernels of the tests as text. */
final class Texts {
    private Texts() {}

    /** {@return a loop kernel with these parameters and this body} */
    static Kernel kernel(String params, String body) {
        return Parser.parse("kernel k(%s) loops {\n%s\n}\n".formatted(params, body));
    }

    /** {@return the printed body of a kernel} */
    static String body(Kernel kernel) {
        String text = Printer.print(kernel);
        List<String> lines = text.lines().toList();
        return lines.subList(1, lines.size() - 1).stream()
                .map(line -> line.substring(4))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** {@return the printed bodies of kernels, with a line between them} */
    static String bodies(List<Kernel> kernels) {
        return kernels.stream().map(Texts::body).collect(Collectors.joining("---\n"));
    }

    /** {@return the array parameter of this name} */
    static Array array(Kernel kernel, String name) {
        return kernel.arrays().stream()
                .filter(a -> a.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** {@return the scalar parameter of this name} */
    static Var scalar(Kernel kernel, String name) {
        return kernel.params().stream()
                .filter(p -> p.name().equals(name))
                .map(p -> ((Param.OfScalar) p).variable())
                .findFirst()
                .orElseThrow();
    }

    /** {@return this length for every array parameter} */
    static Map<Array, Integer> lengths(Kernel kernel, int length) {
        Map<Array, Integer> lengths = new HashMap<>();
        kernel.arrays().forEach(a -> lengths.put(a, length));
        return lengths;
    }

    /** {@return a task with arrays of this length} */
    static Pipeline.Task task(Kernel kernel, int length, Map<Var, Const> scalars) {
        return new Pipeline.Task(scalars, lengths(kernel, length), java.util.Set.of());
    }
}
