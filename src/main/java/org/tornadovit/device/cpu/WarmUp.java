package org.tornadovit.device.cpu;

/** When HotSpot has to be told that a method is worth compiling; called by generated code. */
public final class WarmUp {
    /** Calls after which HotSpot begins to keep a profile. */
    private static final int PROFILED = 1_000;

    /** Calls after which it compiles. */
    private static final int COMPILED = 6_000;

    private WarmUp() {}

    /**
     * {@return how many dry calls a method gets before its next real one}
     *
     * @param calls real calls so far: the first is profiled, after it the method is compiled; what
     *     was compiled too early to see all branches gets another chance now and then
     */
    public static int dryCalls(int calls) {
        if (calls == 0) {
            return PROFILED;
        }
        boolean isPower = (calls & (calls - 1)) == 0;
        return isPower ? COMPILED : 0;
    }
}
