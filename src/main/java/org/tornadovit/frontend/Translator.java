package org.tornadovit.frontend;

import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/**
 * Translates the bytecode of a method into a kernel.
 *
 * <p>The kernel means what the method means, in the same order of evaluation; calls are replaced by
 * the bodies of the methods they call. Scalar arguments stay parameters, so that one translation
 * serves all their values.
 */
public final class Translator {
    private Translator() {}

    /**
     * {@return the kernel of {@code method}}
     *
     * @param arguments what each argument is, the values of {@link KernelMethod#captured} first
     * @throws UnsupportedKernelException when the method contains what no device can run
     */
    public static Translation translate(KernelMethod method, List<Binding> arguments) {
        return translate(method, arguments, Set.of());
    }

    /**
     * {@return the kernel of {@code method}}
     *
     * @param arguments what each argument is, the values of {@link KernelMethod#captured} first
     * @param assigned fields that others assign while they are on the device
     * @throws UnsupportedKernelException when the method contains what no device can run
     */
    public static Translation translate(
            KernelMethod method, List<Binding> arguments, Set<Source> assigned) {
        Session.Known known = new Session.Known(assigned, Map.of(), Map.of());
        while (true) { // what is assigned somewhere is read otherwise everywhere
            Session session = new Session(known);
            Translation translation = translate(method.method(), arguments, session);
            if (session.found().equals(known)) {
                return translation;
            }
            known = session.found();
        }
    }

    private static Translation translate(Method java, List<Binding> arguments, Session session) {
        MethodTranslator translator = new MethodTranslator(session, java, List.of(java));
        MethodCode code = translator.code();
        List<Value> values = parameters(session, code, arguments);
        Stmt body = translator.kernel(values);
        session.checkCopies();
        if (!session.prologue().isEmpty()) {
            List<Stmt> all = new ArrayList<>(session.prologue());
            all.add(body);
            body = new Stmt.Sequence(all);
        }
        boolean items = session.params().stream().anyMatch(p -> p instanceof Param.OfContext);
        if (items && !session.parallel().isEmpty()) {
            throw new UnsupportedKernelException(
                    session.parallel().values().iterator().next(),
                    "@Parallel beside a KernelContext",
                    "use one of the two");
        }
        Kernel kernel =
                new Kernel(
                        identifier(java.getName()),
                        session.params(),
                        items
                                ? clean(body, session)
                                : Reductions.find(clean(body, session), reduced(java, values)),
                        items ? Kernel.Form.WORK_ITEM : Kernel.Form.LOOPS,
                        code.site());
        checkCells(kernel, session);
        return new Translation(kernel, session.sources(), session.read());
    }

    /** A field that all iterations of a parallel loop assign would hold any of their values. */
    private static void checkCells(Kernel kernel, Session session) {
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.For f && f.run().kind() == Run.Kind.PARALLEL) {
                    Regions.any(
                            f.body(),
                            s -> {
                                if (s instanceof Stmt.Store(var array, _, _, var site)
                                        && session.cells().contains(array)) {
                                    throw new UnsupportedKernelException(
                                            site,
                                            "assigning the field "
                                                    + array.name()
                                                    + " in a @Parallel loop",
                                            "assign it after the loop, or store results in an"
                                                    + " array");
                                }
                                return false;
                            });
                }
            }
        }.walk(kernel.body());
    }

    private static Stmt clean(Stmt body, Session session) {
        Stmt structured = Jumps.simplify(body);
        Stmt counted = Jumps.simplify(CountedLoops.find(structured, session.parallel()));
        Stmt before = counted;
        while (true) {
            Stmt after = Jumps.simplify(Choices.simplify(before, session.temporaries()));
            if (after == before) {
                return after;
            }
            before = after;
        }
    }

    private static List<Value> parameters(
            Session session, MethodCode code, List<Binding> arguments) {
        Executable method = code.method();
        List<Class<?>> types = new ArrayList<>(List.of(method.getParameterTypes()));
        if (!Modifier.isStatic(method.getModifiers())) {
            types.addFirst(method.getDeclaringClass());
        }
        if (types.size() != arguments.size()) {
            throw new IllegalArgumentException(
                    MethodCode.name(method)
                            + " takes "
                            + types.size()
                            + " arguments, not "
                            + arguments.size());
        }
        List<Value> values = new ArrayList<>();
        int slot = 0;
        for (int i = 0; i < types.size(); i++) {
            Class<?> type = types.get(i);
            int unnamed = i;
            String name = code.variable(slot, 0).orElseGet(() -> "p" + unnamed);
            Binding binding =
                    ApiTypes.primitive(type.descriptorString())
                            .<Binding>map(Binding.OfScalar::new)
                            .orElse(arguments.get(i));
            if (type.isPrimitive() && !(arguments.get(i) instanceof Binding.OfScalar)) {
                throw new IllegalArgumentException(
                        "the parameter "
                                + name
                                + " of "
                                + MethodCode.name(method)
                                + " is a number, but the argument is none");
            }
            values.add(session.parameter(name, new Source.Argument(i), binding));
            slot += type == long.class || type == double.class ? 2 : 1;
        }
        return values;
    }

    /** {@return the name with nothing but letters, digits and underscores} */
    private static String identifier(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
        return Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
    }

    /** {@return the arrays of the parameters that are marked with {@code @Reduce}} */
    private static Set<Array> reduced(Method method, List<Value> values) {
        Set<Array> reduced = new HashSet<>();
        int first = values.size() - method.getParameterCount();
        for (int i = 0; i < method.getParameterCount(); i++) {
            Stream<Annotation> all =
                    Stream.concat(
                            Stream.of(method.getParameterAnnotations()[i]),
                            Stream.of(method.getAnnotatedParameterTypes()[i].getAnnotations()));
            if (values.get(first + i) instanceof Value.OfArray(var array)
                    && all.map(a -> a.annotationType().descriptorString())
                            .anyMatch(ApiTypes.REDUCE::equals)) {
                reduced.add(array);
            }
        }
        return reduced;
    }
}
