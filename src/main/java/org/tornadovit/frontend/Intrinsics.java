package org.tornadovit.frontend;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The methods that kernels may call and whose meaning is known, by owner, name and descriptor. */
final class Intrinsics {
    private static final Map<String, Intrinsic> TABLE = new HashMap<>();

    static {
        ArrayIntrinsics.all().forEach(Intrinsics::add);
        AtomicIntrinsics.all().forEach(Intrinsics::add);
        CharacterTables.all().forEach(Intrinsics::add);
        ContextIntrinsics.all().forEach(Intrinsics::add);
        ExactIntrinsics.all().forEach(Intrinsics::add);
        HalfIntrinsics.all().forEach(Intrinsics::add);
        MathIntrinsics.all().forEach(Intrinsics::add);
        MatrixIntrinsics.all().forEach(Intrinsics::add);
        NumberIntrinsics.all().forEach(Intrinsics::add);
        SegmentIntrinsics.all().forEach(Intrinsics::add);
        SimdIntrinsics.all().forEach(Intrinsics::add);
    }

    private Intrinsics() {}

    private static void add(String method, Intrinsic intrinsic) {
        if (TABLE.put(method, intrinsic) != null) {
            throw new IllegalStateException(method + " is in two tables");
        }
    }

    /** {@return what a method does, if it is known} */
    static Optional<Intrinsic> find(String owner, String name, String descriptor) {
        return Optional.ofNullable(TABLE.get(owner + "." + name + descriptor));
    }
}
