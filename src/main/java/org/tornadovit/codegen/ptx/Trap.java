package org.tornadovit.codegen.ptx;

import org.tornadovit.codegen.Prepared.Failure;
import org.tornadovit.ir.Expr;

/** Failed checks: what records the first of them, as {@link org.tornadovit.codegen.Checks} says. */
final class Trap {
    private final Body body;
    private final Expressions expressions;
    private final String status;
    private final Failure failure;
    private final String site;
    private final String value;
    private final String record;
    private int checks;

    /** Records in the array at the address that a register holds. */
    Trap(Body body, Expressions expressions, String status, Failure failure) {
        this.body = body;
        this.expressions = expressions;
        this.status = status;
        this.failure = failure;
        boolean isUsed = !status.isEmpty();
        site = isUsed ? body.register(Bank.BITS32) : "";
        value = isUsed ? body.register(Bank.BITS32) : "";
        record = isUsed ? body.label() : "";
    }

    /** Records a failure of the next check of the kernel's text. */
    void call(String shown) {
        checks++;
        body.run("mov.b32", site, Integer.toString(checks));
        body.run("mov.b32", value, shown);
        switch (failure) {
            case ENDS_ITEM -> body.branch(record);
            case GOES_ON -> write();
        }
    }

    /** Writes what the checks jump to, behind the kernel's code. */
    void end() {
        if (checks > 0 && failure == Failure.ENDS_ITEM) {
            body.place(record);
            write();
            body.end();
        }
    }

    private void write() {
        String done = body.label();
        String before = body.r("atom.global.cas.b32", "[" + status + "]", "0", site);
        body.branchIf(body.p("setp.ne.s32", before, "0"), done);
        body.run("st.global.b32", "[" + status + "+4]", value);
        String item = expressions.place(Expr.Query.GLOBAL_ID, 2);
        for (int axis = 1; axis >= 0; axis--) {
            String size = expressions.place(Expr.Query.GLOBAL_SIZE, axis);
            String id = expressions.place(Expr.Query.GLOBAL_ID, axis);
            item = body.r("mad.lo.s32", item, size, id);
        }
        body.run("st.global.b32", "[" + status + "+8]", item);
        body.place(done);
    }
}
