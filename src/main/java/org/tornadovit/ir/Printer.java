package org.tornadovit.ir;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The textual form of kernels, for people, goldens and {@link Parser}. Deterministic: variables,
 * arrays and labels of equal names are told apart by numbers in the order they appear.
 */
public final class Printer {
    private static final Set<String> RESERVED =
            Set.of("true", "false", "Infinity", "atomic", "bits", "splat", "reduce");

    private final StringBuilder out = new StringBuilder();
    private final Map<Object, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Set<Var> declared = new HashSet<>();
    private int depth;

    private Printer() {}

    /** {@return the text of a kernel, which {@link Parser} reads back} */
    public static String print(Kernel kernel) {
        Printer printer = new Printer();
        String params =
                kernel.params().stream().map(printer::param).collect(Collectors.joining(", "));
        String form = kernel.form() == Kernel.Form.LOOPS ? "loops" : "work_item";
        printer.line("kernel " + kernel.name() + "(" + params + ") " + form + " {");
        printer.indented(kernel.body());
        printer.line("}");
        return printer.out.toString();
    }

    /** {@return one expression as text, for messages} */
    public static String print(Expr expr) {
        return new Printer().text(expr);
    }

    /** {@return one statement as text, for messages} */
    public static String print(Stmt stmt) {
        Printer printer = new Printer();
        printer.statement(stmt);
        return printer.out.toString();
    }

    private String param(Param param) {
        return switch (param) {
            case Param.OfArray(var array) -> array.element() + "[] " + name(array, array.name());
            case Param.OfScalar(var variable) -> {
                declared.add(variable);
                yield variable.type() + " " + name(variable, variable.name());
            }
            case Param.OfContext(var name) -> "context " + name(param, name);
        };
    }

    private String name(Object owner, String wanted) {
        return names.computeIfAbsent(
                owner,
                _ -> {
                    String start = readable(wanted);
                    String name = start;
                    for (int i = 1; !taken.add(name); i++) {
                        name = start + "_" + i;
                    }
                    return name;
                });
    }

    /** A name that {@link Parser} takes for a name. */
    private static String readable(String wanted) {
        String name = wanted.replaceAll("[^\\p{L}\\p{N}_$]", "_");
        boolean word = RESERVED.contains(name) || name.startsWith("nan") || name.isEmpty();
        return word || Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    private String name(Label label) {
        return name(label, label.name());
    }

    private void line(String text) {
        out.repeat("    ", depth).append(text).append('\n');
    }

    private void indented(Stmt body) {
        depth++;
        statement(body);
        depth--;
    }

    private void statement(Stmt stmt) {
        switch (stmt) {
            case Stmt.Assign(var target, var value) -> {
                String type = declared.add(target) ? target.type() + " " : "";
                line(type + name(target, target.name()) + " = " + text(value));
            }
            case Stmt.Store(var array, var index, var value, var site) ->
                    line(element(array, index, value.type()) + at(site) + " = " + text(value));
            case Stmt.Atomic(var op, var array, var index, var value, var result, var site) -> {
                String type = declared.add(result) ? result.type() + " " : "";
                String to = type + name(result, result.name());
                String where = element(array, index, value.type());
                line(to + " = atomic " + op.symbol() + " " + where + at(site) + ", " + text(value));
            }
            case Stmt.Allocate(var array, var length, var site) -> {
                String space = array.space() == Space.LOCAL ? "local " : "private ";
                String name = name(array, array.name());
                line(space + array.element() + " " + name + "[" + text(length) + "]" + at(site));
            }
            case Stmt.Sequence(var body) -> body.forEach(this::statement);
            case Stmt.Labeled(var label, var body) -> {
                line("block " + name(label) + " {");
                indented(body);
                line("}");
            }
            case Stmt.If(var condition, var yes, var no) -> {
                line("if " + text(condition) + " {");
                indented(yes);
                if (!(no instanceof Stmt.Sequence(var body) && body.isEmpty())) {
                    line("} else {");
                    indented(no);
                }
                line("}");
            }
            case Stmt.For(
                            var label,
                            var index,
                            var start,
                            var bound,
                            var step,
                            var run,
                            var body) -> {
                String type = declared.add(index) ? index.type() + " " : "";
                String head = "for " + name(label) + " " + run + " " + type;
                String range = text(start) + " to " + text(bound) + " step " + step;
                line(head + name(index, index.name()) + " = " + range + " {");
                indented(body);
                line("}");
            }
            case Stmt.Loop(var label, var body) -> {
                line("loop " + name(label) + " {");
                indented(body);
                line("}");
            }
            case Stmt.Break(var label) -> line("break " + name(label));
            case Stmt.Continue(var label) -> line("continue " + name(label));
            case Stmt.Return() -> line("return");
            case Stmt.Barrier(var space) -> line("barrier " + space.name().toLowerCase(ROOT));
            case Stmt.Check(var condition, var trap, var value, var site) -> {
                String kind = trap.name().toLowerCase(ROOT);
                line(
                        "check"
                                + at(site)
                                + " "
                                + text(condition)
                                + " else "
                                + kind
                                + " "
                                + text(value));
            }
        }
    }

    private static final java.util.Locale ROOT = java.util.Locale.ROOT;

    private static String at(Site site) {
        return site.equals(Site.NONE) ? "" : " @\"" + site.method() + "\":" + site.line();
    }

    private String element(Array array, Expr index, Type type) {
        String lanes = type.isVector() ? ":" + type.lanes() : "";
        return name(array, array.name()) + "[" + text(index) + lanes + "]";
    }

    private String text(Expr expr) {
        return switch (expr) {
            case Var v -> name(v, v.name());
            case Const c -> constant(c);
            case Expr.Length(var array) -> "length(" + name(array, array.name()) + ")";
            case Expr.WorkItem(var query, var axis) ->
                    query.name().toLowerCase(ROOT) + "(" + axis + ")";
            case Expr.Unary(var op, var x) -> "(" + op.symbol() + text(x) + ")";
            case Expr.Binary(var op, var x, var y) ->
                    op == BinaryOp.MIN || op == BinaryOp.MAX
                            ? op.symbol() + "(" + text(x) + ", " + text(y) + ")"
                            : "(" + text(x) + " " + op.symbol() + " " + text(y) + ")";
            case Expr.Select(var condition, var yes, var no) ->
                    "select(" + text(condition) + ", " + text(yes) + ", " + text(no) + ")";
            case Expr.Cast(var type, var x) -> type + "(" + text(x) + ")";
            case Expr.Bitcast(var type, var x) -> "bits " + type + "(" + text(x) + ")";
            case Expr.Load(var array, var index, var type, var site) ->
                    element(array, index, type) + at(site);
            case Expr.Call(var function, var arguments) ->
                    arguments.stream()
                            .map(this::text)
                            .collect(Collectors.joining(", ", function.text() + "(", ")"));
            case Expr.Broadcast(var type, var x) -> "splat " + type + "(" + text(x) + ")";
            case Expr.Lane(var x, var lane) -> "lane(" + text(x) + ", " + lane + ")";
            case Expr.Reduce(var op, var x) -> "reduce " + op.symbol() + "(" + text(x) + ")";
        };
    }

    private static String constant(Const c) {
        String value =
                switch (c.type().scalar()) {
                    case BOOL -> c.bits() != 0 ? "true" : "false";
                    case I8, I16, U16, I32, I64 -> Long.toString(c.bits());
                    case F16, BF16 -> "0x" + Long.toHexString(c.bits() & 0xffff);
                    case F32 -> floating(Float.intBitsToFloat((int) c.bits()), c.bits());
                    case F64 -> floating(Double.longBitsToDouble(c.bits()), c.bits());
                };
        return c.type().equals(Type.I32) || c.type().equals(Type.BOOL)
                ? value
                : value + ":" + c.type();
    }

    private static String floating(Number value, long bits) {
        return Double.isNaN(value.doubleValue()) ? "nan" + Long.toHexString(bits) : "" + value;
    }
}
