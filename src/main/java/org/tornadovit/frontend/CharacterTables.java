package org.tornadovit.frontend;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;

/** What {@link Character} knows of each character: a table that the JDK fills and kernels read. */
final class CharacterTables {
    private static final String OWNER = "java/lang/Character.";

    private static final Map<String, IntPredicate> TESTS =
            Map.ofEntries(
                    Map.entry("isDigit", Character::isDigit),
                    Map.entry("isLetter", Character::isLetter),
                    Map.entry("isAlphabetic", Character::isAlphabetic),
                    Map.entry("isLetterOrDigit", Character::isLetterOrDigit),
                    Map.entry("isUpperCase", Character::isUpperCase),
                    Map.entry("isLowerCase", Character::isLowerCase),
                    Map.entry("isTitleCase", Character::isTitleCase),
                    Map.entry("isWhitespace", Character::isWhitespace),
                    Map.entry("isSpaceChar", Character::isSpaceChar),
                    Map.entry("isISOControl", Character::isISOControl),
                    Map.entry("isDefined", Character::isDefined),
                    Map.entry("isMirrored", Character::isMirrored),
                    Map.entry("isJavaIdentifierStart", Character::isJavaIdentifierStart),
                    Map.entry("isJavaIdentifierPart", Character::isJavaIdentifierPart));

    private static final Map<String, IntUnaryOperator> CASES =
            Map.of(
                    "toUpperCase", Character::toUpperCase,
                    "toLowerCase", Character::toLowerCase,
                    "toTitleCase", Character::toTitleCase);

    private static final Map<String, IntUnaryOperator> NUMBERS =
            Map.of("getNumericValue", Character::getNumericValue, "getType", Character::getType);

    private static final Map<Source.OfTable, Object> KNOWN = new ConcurrentHashMap<>();

    private CharacterTables() {}

    static Map<String, Intrinsic> all() {
        Map<String, Intrinsic> table = new HashMap<>();
        TESTS.keySet()
                .forEach(name -> {
                    if (!name.equals("isAlphabetic")) {
                        table.put(OWNER + name + "(C)Z", ofChar(name));
                    }
                    table.put(OWNER + name + "(I)Z", ofCodePoint(name, _ -> Const.i32(0)));
                });
        CASES.keySet()
                .forEach(name -> {
                    table.put(OWNER + name + "(C)C", ofChar(name));
                    table.put(OWNER + name + "(I)I", ofCodePoint(name, x -> x));
                });
        NUMBERS.forEach((name, number) -> {
            Const none = Const.i32(number.applyAsInt(-1));
            table.put(OWNER + name + "(C)I", ofChar(name));
            table.put(OWNER + name + "(I)I", ofCodePoint(name, _ -> none));
        });
        return table;
    }

    /** {@return what the JDK says of the characters from 0 on} */
    static Object table(Source.OfTable table) {
        return KNOWN.computeIfAbsent(table, CharacterTables::make);
    }

    private static Object make(Source.OfTable table) {
        IntPredicate test = TESTS.get(table.method());
        if (test != null) {
            byte[] truths = new byte[table.size()];
            for (int c = 0; c < truths.length; c++) {
                truths[c] = (byte) (test.test(c) ? 1 : 0);
            }
            return truths;
        }
        IntUnaryOperator number =
                CASES.containsKey(table.method())
                        ? CASES.get(table.method())
                        : NUMBERS.get(table.method());
        return IntStream.range(0, table.size()).map(Objects.requireNonNull(number)).toArray();
    }

    private static Intrinsic ofChar(String name) {
        return Intrinsic.pure(call -> load(call, name, Character.MAX_VALUE + 1, call.number(0)));
    }

    /**
     * A method of code points.
     *
     * @param otherwise its result for a number that is none
     */
    private static Intrinsic ofCodePoint(String name, UnaryOperator<Expr> otherwise) {
        return Intrinsic.pure(call -> {
            Expr x = call.simple(0);
            int size = Character.MAX_CODE_POINT + 1;
            Expr positive = Trees.binary(BinaryOp.GE, x, Const.i32(0));
            Expr small = Trees.binary(BinaryOp.LT, x, Const.i32(size));
            Expr valid = call.simple(Trees.binary(BinaryOp.AND, positive, small));
            Expr at = call.simple(Trees.select(valid, x, Const.i32(0)));
            Expr found = Trees.promote(load(call, name, size, at));
            return Trees.select(valid, call.simple(found), otherwise.apply(x));
        });
    }

    private static Expr load(Intrinsic.Call call, String name, int size, Expr at) {
        Scalar element = TESTS.containsKey(name) ? Scalar.I8 : Scalar.I32;
        Array array = call.frame().session().table(new Source.OfTable(name, size), element);
        return new Expr.Load(array, at, Type.of(element), call.site());
    }
}
