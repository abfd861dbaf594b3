package org.tornadovit.frontend;

/** Loops of all shapes; n is small and not negative, arrays have 32 elements. */
final class LoopKernels {
    private LoopKernels() {}

    static void up(int[] a, int[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = a[i] + i;
        }
    }

    static void down(int[] a, int[] out, int n) {
        int sum = 1;
        for (int i = n - 1; i >= 0; i--) {
            sum = sum * 31 + a[i];
            out[i] = sum;
        }
    }

    static void downExclusive(int[] a, int[] out, int n) {
        int sum = 1;
        for (int i = n; i > 0; i--) {
            sum = sum * 31 + a[i - 1];
            out[i] = sum;
        }
    }

    static void inclusive(int[] a, int[] out, int n) {
        for (int i = 1; i <= n; i++) {
            out[i] = a[i] * i;
        }
    }

    static void inclusiveMinusOne(int[] a, int[] out, int n) {
        for (int i = 0; i <= n - 1; i++) {
            out[i] = a[i] * i;
        }
    }

    static void unequal(int[] a, int[] out, int n) {
        for (int i = 0; i != n; i++) {
            out[i] = a[i] - i;
        }
    }

    static void unequalDown(int[] a, int[] out, int n) {
        for (int i = n; i != 0; i--) {
            out[i] = a[i] - i;
        }
    }

    static void mirrored(int[] a, int[] out, int n) {
        for (int i = 0; n > i; i += 3) {
            out[i] = a[i] - i;
        }
    }

    static void stepTwoFromParameter(int[] a, int[] out, int n) {
        for (int i = n; i < a.length; i += 2) {
            out[i] = a[i] - i;
        }
    }

    static void stepDownBySubtraction(int[] a, int[] out, int n) {
        for (int i = 31; i > n; i -= 5) {
            out[i] = a[i] - i;
        }
    }

    static void longIndex(int[] a, long[] out, int n) {
        long sum = 0;
        for (long i = 0; i < n; i++) {
            sum = sum * 7 + i * a[(int) i];
        }
        for (long i = 5L * n; i > 2; i -= 2) {
            sum += i;
        }
        out[0] = sum;
    }

    static void boundChanges(int[] a, int[] out, int n) {
        int end = n;
        int count = 0;
        for (int i = 0; i < end; i++) {
            count++;
            if ((a[i & 31] & 1) == 0 && end < 25) {
                end++;
            }
        }
        out[0] = count;
    }

    static void boundInArray(int[] a, int[] out, int n) {
        out[0] = n;
        int count = 0;
        for (int i = 0; i < out[0]; i++) {
            count++;
            if (i == 2) {
                out[0] = 4;
            }
        }
        out[1] = count;
    }

    static void indexAssigned(int[] a, int[] out, int n) {
        int count = 0;
        for (int i = 0; i < n; i++) {
            if ((a[i] & 3) == 1) {
                i += 2;
            }
            count = count * 3 + i;
        }
        out[0] = count;
    }

    static void indexUsedAfter(int[] a, int[] out, int n) {
        int i;
        for (i = 0; i < n - 3; i += 4) {
            out[i] = a[i] + a[i + 1] + a[i + 2] + a[i + 3];
        }
        for (; i < n; i++) {
            out[i] = a[i];
        }
        out[31] = i;
    }

    static void search(int[] a, int[] out, int n) {
        int i = 0;
        for (; i < n; i++) {
            if ((a[i] & 7) == 3) {
                break;
            }
        }
        out[0] = i;
    }

    static void breaks(int[] a, int[] out, int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            if ((a[i] & 7) == 3) {
                break;
            }
            sum += a[i];
        }
        out[0] = sum;
    }

    static void continues(int[] a, int[] out, int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            if ((a[i] & 1) == 0) {
                continue;
            }
            if ((a[i] & 2) == 0) {
                sum ^= 5;
                continue;
            }
            sum += a[i];
        }
        out[0] = sum;
    }

    static void labeledBreak(int[] a, int[] out, int n) {
        int sum = 0;
        outer:
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if ((a[(i + j) & 31] & 15) == 3) {
                    break outer;
                }
                sum += a[(i * j) & 31];
            }
            sum ^= i;
        }
        out[0] = sum;
    }

    static void labeledContinue(int[] a, int[] out, int n) {
        int sum = 0;
        outer:
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if ((a[(i + j) & 31] & 15) == 3) {
                    continue outer;
                }
                sum += a[(i * j) & 31];
            }
            sum ^= i;
        }
        out[0] = sum;
    }

    static void labeledBlock(int[] a, int[] out, int n) {
        int sum = n;
        block:
        {
            if (a[0] > 0) {
                sum += 3;
                if (a[1] > 0) {
                    break block;
                }
                sum *= 5;
            }
            sum -= 7;
        }
        out[0] = sum;
    }

    static void whileLoop(int[] a, int[] out, int n) {
        int x = n * 37 + 1;
        int steps = 0;
        while (x != 1 && steps < 100) {
            x = (x & 1) == 0 ? x / 2 : 3 * x + 1;
            steps++;
        }
        out[0] = steps;
        out[1] = x;
    }

    static void doWhile(int[] a, int[] out, int n) {
        int i = 0;
        int sum = 0;
        do {
            sum += a[i];
            i++;
        } while (i < n);
        out[0] = sum;
    }

    static void forever(int[] a, int[] out, int n) {
        int i = 0;
        while (true) {
            if (i >= n) {
                break;
            }
            out[i] = a[i] ^ i;
            i += 1 + (a[i] & 1);
        }
    }

    static void halving(int[] a, int[] out, int n) {
        for (int stride = 16; stride > 0; stride >>= 1) {
            for (int i = 0; i < stride; i++) {
                out[i] += a[i + stride] + stride;
            }
        }
    }

    static void doubling(int[] a, int[] out, int n) {
        for (int width = 1; width < 32; width *= 2) {
            out[width] = a[width - 1] + n;
        }
    }

    static void earlyReturn(int[] a, int[] out, int n) {
        for (int i = 0; i < n; i++) {
            if ((a[i] & 7) == 5) {
                out[0] = i;
                return;
            }
            out[i + 1] = a[i];
        }
        out[0] = -1;
    }

    static void earlyReturnNested(int[] a, int[] out, int n) {
        if (n == 0) {
            return;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                if (((a[i] ^ a[j]) & 15) == 5) {
                    return;
                }
                out[j] += a[i];
            }
        }
        out[31] = 1;
    }

    static void twoConditions(int[] a, int[] out, int n) {
        int sum = 0;
        for (int i = 0; i < n && (a[i] & 15) != 3; i++) {
            sum += a[i];
        }
        out[0] = sum;
    }

    static void emptyBody(int[] a, int[] out, int n) {
        for (int i = 0; i < n; i++) {}
        out[0] = 1;
    }

    static void commaLoop(int[] a, int[] out, int n) {
        for (int i = 0, j = n; i < j; i++, j--) {
            out[i] = a[j];
            out[j] = a[i];
        }
    }

    static void triangular(int[] a, int[] out, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                for (int k = j; k > i; k--) {
                    out[k] += a[i] * a[j];
                }
            }
        }
    }

    static void loopInCondition(int[] a, int[] out, int n) {
        int i = 0;
        while (a[i & 31] != 0 && i < n) {
            i++;
        }
        out[0] = i;
    }

    static void startsAfterOtherStatements(int[] a, int[] out, int n) {
        int i = 2;
        int sum = 0;
        out[1] = n;
        for (; i < n; i++) {
            sum += a[i];
        }
        out[0] = sum;
    }

    static void reusedSlot(int[] a, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = a[i];
        }
        for (float f = 0; f < n; f += 0.5f) {
            out[(int) f] += f;
        }
        for (long l = 0; l < n; l++) {
            out[(int) l] += l;
        }
    }

    static void inclusiveWithBreak(int[] a, int[] out, int n) {
        int sum = 0;
        for (int i = 0; i <= n; i++) {
            if (a[i] % 5 == 2) {
                break;
            }
            sum += i;
        }
        out[0] = sum;
    }

    static void inclusiveAtTheEnd(int[] a, int[] out, int n) {
        int count = 0;
        for (int i = Integer.MAX_VALUE - n; i <= Integer.MAX_VALUE; i++) {
            if (count == n) {
                break;
            }
            count++;
        }
        out[0] = count;
    }

    static void nestedWhile(int[] a, int[] out, int n) {
        int i = 0;
        while (i < n) {
            int j = i;
            while (j > 0 && out[j - 1] > a[i]) {
                out[j] = out[j - 1];
                j--;
            }
            out[j] = a[i];
            i++;
        }
    }

    static void switchInLoop(int[] a, int[] out, int n) {
        loop:
        for (int i = 0; i < n; i++) {
            switch (a[i] & 7) {
                case 0:
                    continue;
                case 1:
                    break;
                case 2:
                    out[i] = 5;
                case 3:
                    out[i] += 7;
                    break;
                case 4:
                    break loop;
                case 5:
                    return;
                default:
                    out[i] = -1;
            }
            out[i] ^= i;
        }
        out[31] = 9;
    }
}
