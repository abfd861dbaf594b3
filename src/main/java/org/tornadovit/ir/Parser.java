package org.tornadovit.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what {@link Printer} writes, for reproducers and tests. */
public final class Parser {
    private static final Map<String, Function> FUNCTIONS = new HashMap<>();
    private static final Map<String, BinaryOp> OPERATORS = new HashMap<>();
    private static final Map<String, Type> TYPES = new HashMap<>();

    static {
        for (Function f : Function.values()) {
            FUNCTIONS.put(f.text(), f);
        }
        for (BinaryOp op : BinaryOp.values()) {
            OPERATORS.put(op.symbol(), op);
        }
        for (Scalar scalar : Scalar.values()) {
            for (int lanes = 1; lanes <= 64; lanes *= 2) {
                Type type = new Type(scalar, lanes);
                TYPES.put(type.toString(), type);
            }
        }
    }

    private final Tokens tokens;
    private final Map<String, Var> variables = new HashMap<>();
    private final Map<String, Array> arrays = new HashMap<>();
    private final Map<String, Label> labels = new HashMap<>();

    private Parser(String text) {
        tokens = new Tokens(text);
    }

    /**
     * Reads a kernel and verifies it.
     *
     * @throws MalformedKernelException with the line, or the rule that is broken
     */
    public static Kernel parse(String text) {
        return Verifier.verify(new Parser(text).kernel());
    }

    private Kernel kernel() {
        tokens.expect("kernel");
        String name = tokens.take();
        tokens.expect("(");
        List<Param> params = new ArrayList<>();
        while (!tokens.accept(")")) {
            params.add(param());
            tokens.accept(",");
        }
        Kernel.Form form = Kernel.Form.valueOf(tokens.take().toUpperCase(Locale.ROOT));
        Stmt body = block();
        if (tokens.kind() != Tokens.Kind.END) {
            throw tokens.wrong("end of text");
        }
        return new Kernel(name, params, body, form, new Site(name, 0));
    }

    private Param param() {
        if (tokens.accept("context")) {
            return new Param.OfContext(tokens.take());
        }
        Type type = type();
        if (tokens.accept("[")) {
            tokens.expect("]");
            String name = tokens.take();
            return new Param.OfArray(array(name, type.scalar(), Space.GLOBAL));
        }
        return new Param.OfScalar(variable(type, tokens.take()));
    }

    private Type type() {
        Type type = TYPES.get(tokens.peek());
        if (type == null) {
            throw tokens.wrong("a type");
        }
        tokens.take();
        return type;
    }

    private Array array(String name, Scalar element, Space space) {
        Array array = new Array(name, element, space);
        arrays.put(name, array);
        return array;
    }

    private Var variable(Type type, String name) {
        Var variable = new Var(name, type);
        variables.put(name, variable);
        return variable;
    }

    private <T> T known(Map<String, T> names, String name, String what) {
        return Optional.ofNullable(names.get(name))
                .orElseThrow(
                        () -> new MalformedKernelException("there is no " + what + " " + name));
    }

    private Label label() {
        return labels.computeIfAbsent(tokens.take(), Label::new);
    }

    private Stmt block() {
        tokens.expect("{");
        List<Stmt> body = new ArrayList<>();
        while (!tokens.accept("}")) {
            body.add(statement());
        }
        return body.size() == 1 ? body.getFirst() : new Stmt.Sequence(body);
    }

    private Stmt statement() {
        if (tokens.accept("return")) { // the next word may be one that is assigned
            return new Stmt.Return();
        }
        String following = tokens.peek(1);
        if (following.equals("=") || following.equals("[") || tokens.peek(2).equals("=")) {
            return assignment();
        }
        String word = tokens.take();
        return switch (word) {
            case "local", "private" -> {
                Space space = word.equals("local") ? Space.LOCAL : Space.PRIVATE;
                Scalar element = type().scalar();
                Array array = array(tokens.take(), element, space);
                tokens.expect("[");
                Expr length = expression();
                tokens.expect("]");
                yield new Stmt.Allocate(array, length, site());
            }
            case "block" -> new Stmt.Labeled(label(), block());
            case "loop" -> new Stmt.Loop(label(), block());
            case "if" -> {
                Expr condition = expression();
                Stmt yes = block();
                yield new Stmt.If(
                        condition, yes, tokens.accept("else") ? block() : Stmt.Sequence.EMPTY);
            }
            case "for" -> counted();
            case "break" -> new Stmt.Break(label());
            case "continue" -> new Stmt.Continue(label());
            case "barrier" ->
                    new Stmt.Barrier(Space.valueOf(tokens.take().toUpperCase(Locale.ROOT)));
            case "check" -> {
                Site site = site();
                Expr condition = expression();
                tokens.expect("else");
                Stmt.Trap trap = Stmt.Trap.valueOf(tokens.take().toUpperCase(Locale.ROOT));
                yield new Stmt.Check(condition, trap, expression(), site);
            }
            default -> throw tokens.wrong("a statement after '" + word + "'");
        };
    }

    private Stmt assignment() {
        if (tokens.peek(1).equals("[")) {
            String name = tokens.take();
            Array array = known(arrays, name, "array");
            Expr index = index(array).index();
            Site site = site();
            tokens.expect("=");
            return new Stmt.Store(array, index, expression(), site);
        }
        boolean declares = tokens.peek(2).equals("=");
        Var target =
                declares
                        ? variable(type(), tokens.take())
                        : known(variables, tokens.take(), "variable");
        tokens.expect("=");
        if (!tokens.accept("atomic")) {
            return new Stmt.Assign(target, expression());
        }
        BinaryOp op = operator();
        Array array = known(arrays, tokens.take(), "array");
        Expr index = index(array).index();
        Site site = site();
        tokens.expect(",");
        return new Stmt.Atomic(op, array, index, expression(), target, site);
    }

    private Stmt counted() {
        Label label = label();
        Run run = run(tokens.take());
        Var index =
                tokens.peek(1).equals("=")
                        ? known(variables, tokens.take(), "variable")
                        : variable(type(), tokens.take());
        tokens.expect("=");
        Expr start = expression();
        tokens.expect("to");
        Expr bound = expression();
        tokens.expect("step");
        long step = tokens.integer();
        return new Stmt.For(label, index, start, bound, step, run, block());
    }

    private static Run run(String word) {
        return switch (word) {
            case "sequential" -> Run.SEQUENTIAL;
            case "parallel" -> Run.PARALLEL;
            case "unrolled" -> Run.UNROLLED;
            case "grid0", "grid1", "grid2" -> Run.grid(word.charAt(4) - '0');
            default -> throw new MalformedKernelException("no loop runs '" + word + "'");
        };
    }

    private BinaryOp operator() {
        String word = tokens.take();
        return Optional.ofNullable(OPERATORS.get(word))
                .orElseThrow(() -> tokens.wrong("an operator before"));
    }

    private Site site() {
        if (!tokens.accept("@")) {
            return Site.NONE;
        }
        String quoted = tokens.take();
        tokens.expect(":");
        return new Site(quoted.substring(1, quoted.length() - 1), (int) tokens.integer());
    }

    private record Element(Expr index, Type type) {}

    private Element index(Array array) {
        tokens.expect("[");
        Expr index = expression();
        int lanes = tokens.accept(":") ? (int) tokens.integer() : 1;
        tokens.expect("]");
        return new Element(index, new Type(array.element(), lanes));
    }

    private Expr expression() {
        return switch (tokens.kind()) {
            case NUMBER -> constant(tokens.take());
            case SYMBOL -> operation();
            case NAME -> named();
            case STRING, END -> throw tokens.wrong("an expression");
        };
    }

    /** (op x) or (x op y). */
    private Expr operation() {
        tokens.expect("(");
        for (UnaryOp op : UnaryOp.values()) {
            if (tokens.accept(op.symbol())) {
                Expr x = expression();
                tokens.expect(")");
                return new Expr.Unary(op, x);
            }
        }
        Expr x = expression();
        if (x instanceof Const c && tokens.accept(")")) { // (-5): the minus was read as a sign
            Scalar scalar = c.type().scalar();
            long positive = Arithmetic.unary(UnaryOp.NEG, scalar, c.bits());
            return new Expr.Unary(UnaryOp.NEG, new Const(c.type(), positive));
        }
        BinaryOp op = operator();
        Expr y = expression();
        tokens.expect(")");
        return new Expr.Binary(op, x, y);
    }

    private Expr named() {
        String name = tokens.take();
        if (name.startsWith("nan") && tokens.peek().equals(":")) {
            return constant(name);
        }
        if (tokens.peek().equals("[")) {
            Array array = known(arrays, name, "array");
            Element element = index(array);
            return new Expr.Load(array, element.index(), element.type(), site());
        }
        return switch (name) {
            case "true", "false" -> constant(name);
            case "bits" -> new Expr.Bitcast(type(), inParentheses());
            case "splat" -> new Expr.Broadcast(type(), inParentheses());
            case "reduce" -> new Expr.Reduce(operator(), inParentheses());
            default -> tokens.peek().equals("(") ? call(name) : known(variables, name, "variable");
        };
    }

    private Expr inParentheses() {
        tokens.expect("(");
        Expr x = expression();
        tokens.expect(")");
        return x;
    }

    private Expr call(String name) {
        if (TYPES.containsKey(name)) {
            return new Expr.Cast(TYPES.get(name), inParentheses());
        }
        tokens.expect("(");
        if (name.equals("length")) {
            Array array = known(arrays, tokens.take(), "array");
            tokens.expect(")");
            return new Expr.Length(array);
        }
        List<Expr> a = new ArrayList<>();
        while (!tokens.accept(")")) {
            a.add(expression());
            tokens.accept(",");
        }
        return switch (name) {
            case "min" -> new Expr.Binary(BinaryOp.MIN, a.get(0), a.get(1));
            case "max" -> new Expr.Binary(BinaryOp.MAX, a.get(0), a.get(1));
            case "select" -> new Expr.Select(a.get(0), a.get(1), a.get(2));
            case "lane" -> new Expr.Lane(a.get(0), (int) ((Const) a.get(1)).bits());
            case "global_id", "local_id", "group_id", "global_size", "local_size", "group_count" ->
                    new Expr.WorkItem(
                            Expr.Query.valueOf(name.toUpperCase(Locale.ROOT)),
                            (int) ((Const) a.getFirst()).bits());
            default -> new Expr.Call(known(FUNCTIONS, name, "function"), a);
        };
    }

    /** A number, with its type behind a colon unless it is i32 or bool. */
    private Expr constant(String text) {
        boolean bool = text.equals("true") || text.equals("false");
        Type type = bool ? Type.BOOL : Type.I32;
        if (tokens.peek().equals(":") && TYPES.containsKey(tokens.peek(1))) {
            tokens.expect(":");
            type = type();
        }
        long bits =
                switch (type.scalar()) {
                    case BOOL -> text.equals("true") ? 1 : 0;
                    case I8, I16, U16, I32, I64 -> Long.parseLong(text);
                    case F16, BF16 -> Long.decode(text);
                    case F32 ->
                            text.startsWith("nan")
                                    ? Long.parseLong(text.substring(3), 16)
                                    : Float.floatToRawIntBits(Float.parseFloat(text));
                    case F64 ->
                            text.startsWith("nan")
                                    ? Long.parseUnsignedLong(text.substring(3), 16)
                                    : Double.doubleToRawLongBits(Double.parseDouble(text));
                };
        return new Const(type, bits);
    }
}
