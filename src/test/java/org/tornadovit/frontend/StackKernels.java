package org.tornadovit.frontend;

/**
 * Constructs that leave operands on the stack while a loop runs. The Eclipse compiler makes class
 * files of them that no JVM loads.
 */
final class StackKernels {
    private StackKernels() {}

    static void switchInExpression(int[] a, int[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] =
                    a[i] * 3
                            + switch (i & 3) {
                                case 0 -> {
                                    int s = 0;
                                    for (int j = 0; j < i; j++) {
                                        s += a[j];
                                    }
                                    yield s;
                                }
                                case 1 -> a[0];
                                default -> i > 5 ? a[i] : 7;
                            };
        }
    }

    static void sparse(int[] a, int[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] =
                    switch (a[i]) {
                        case -1000 -> 1;
                        case 0, 7 -> 2;
                        case 12345678, Integer.MIN_VALUE -> 3;
                        case Integer.MAX_VALUE -> {
                            int s = 0;
                            for (int j = 0; j < i; j++) {
                                s += a[j];
                            }
                            yield s;
                        }
                        default -> a[i] ^ 1;
                    };
        }
    }
}
