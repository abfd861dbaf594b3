package org.tornadovit.frontend;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Site;

/** Compares references, of which only some are known when a kernel is translated. */
final class References {
    private final Frame frame;
    private final Site site;

    References(Frame frame, Site site) {
        this.frame = frame;
        this.site = site;
    }

    /** {@return whether a reference is null} */
    Expr isNull(Value value) {
        return value instanceof Value.OfElement element && element.path().isEmpty()
                ? new Elements(frame, site).isNull(element)
                : Const.bool(value instanceof Value.Null);
    }

    /** {@return whether two references are to the same object or array} */
    Expr same(Value first, Value second) {
        Value x = resolved(first);
        Value y = resolved(second);
        if (isNumber(x) || isNumber(y)) {
            throw refused("comparing boxed numbers with ==", "unbox them, as with intValue()");
        }
        if (x instanceof Value.Null || y instanceof Value.Null) {
            return isNull(x instanceof Value.Null ? y : x);
        }
        if (x instanceof Value.OfElement a && y instanceof Value.OfElement b && a.isBeside(b)) {
            return same(a, b);
        }
        if (!Value.same(x, y) && !areApart(x, y)) {
            throw refused("comparing references that may be to one object", "compare indices");
        }
        return Const.bool(Value.same(x, y));
    }

    private Value resolved(Value value) {
        return value instanceof Value.OfObject object
                ? frame.session().element(object).<Value>map(e -> e).orElse(object)
                : value;
    }

    private static boolean isNumber(Value value) {
        return value instanceof Value.Number
                || value instanceof Value.OfElement e
                        && ApiTypes.boxed(ApiTypes.internalName(e.type())).isPresent();
    }

    /** {@return whether two elements of an array are one object, or both null} */
    private Expr same(Value.OfElement x, Value.OfElement y) {
        Set<Object> objects = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Object object : x.array().objects()) {
            if (object != null && !objects.add(object)) {
                throw refused("comparing elements of an array that holds one twice", "copy it");
            }
        }
        Expr equal = Trees.binary(BinaryOp.EQ, x.index(), y.index());
        return x.path().isEmpty()
                ? Trees.binary(BinaryOp.OR, equal, Trees.binary(BinaryOp.AND, isNull(x), isNull(y)))
                : equal;
    }

    /** {@return whether two references are never to the same thing} */
    private static boolean areApart(Value x, Value y) {
        if (x instanceof Value.OfInstance(var a) && y instanceof Value.OfInstance(var b)) {
            return !a.isShared() && !b.isShared() && !a.isVariable() && !b.isVariable();
        }
        return x instanceof Value.OfInstance
                || y instanceof Value.OfInstance
                || x instanceof Value.OfObject && y instanceof Value.OfObject
                || x instanceof Value.OfObject && y instanceof Value.OfElement e && isWhole(e)
                || x instanceof Value.OfElement f && y instanceof Value.OfObject && isWhole(f);
    }

    private static boolean isWhole(Value.OfElement element) {
        return element.path().isEmpty();
    }

    private UnsupportedKernelException refused(String what, String wayOut) {
        return new UnsupportedKernelException(site, what, wayOut);
    }
}
