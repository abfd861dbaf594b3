package org.tornadovit.fuzz;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * Runs the Java of a kernel of work-items with a thread for each item of a group, one group after
 * the other: barriers wait, local arrays are shared.
 */
final class ThreadedItems {
    private final int group;
    private final CyclicBarrier barrier;
    private final List<Object> arrays = new ArrayList<>();

    private ThreadedItems(int group) {
        this.group = group;
        this.barrier = new CyclicBarrier(group);
    }

    /**
     * Runs a static method whose first parameter is the context.
     *
     * @param items number of items, a multiple of {@code group}
     */
    static void run(Method method, Object[] arguments, int items, int group) {
        for (int first = 0; first < items; first += group) {
            new ThreadedItems(group).together(method, arguments, first, items);
        }
    }

    private void together(Method method, Object[] arguments, int first, int items) {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int local = 0; local < group; local++) {
            Object[] own = arguments.clone();
            own[0] = new Item(first + local, local, first / group, items);
            threads.add(
                    Thread.startVirtualThread(() -> {
                        try {
                            method.invoke(null, own);
                        } catch (InvocationTargetException | IllegalAccessException e) {
                            synchronized (failures) {
                                failures.add(e);
                            }
                            barrier.reset();
                        }
                    }));
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.getFirst());
        }
    }

    /** The context of an item: its n-th local array is that of all others. */
    private final class Item extends KernelContext {
        private int made;

        Item(int global, int local, int number, int items) {
            set("globalIdx", global);
            set("localIdx", local);
            set("groupIdx", number);
            set("globalGroupSizeX", items);
            set("localGroupSizeX", group);
        }

        private void set(String name, int value) {
            try {
                Field field = KernelContext.class.getDeclaredField(name);
                field.setAccessible(true);
                field.set(this, value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        private <T> T shared(Class<T> type, Supplier<T> maker) {
            synchronized (arrays) {
                if (made == arrays.size()) {
                    arrays.add(maker.get());
                }
                return type.cast(arrays.get(made++));
            }
        }

        @Override
        public void localBarrier() {
            try {
                barrier.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte[] allocateByteLocalArray(int size) {
            return shared(byte[].class, () -> new byte[size]);
        }

        @Override
        public int[] allocateIntLocalArray(int size) {
            return shared(int[].class, () -> new int[size]);
        }

        @Override
        public long[] allocateLongLocalArray(int size) {
            return shared(long[].class, () -> new long[size]);
        }

        @Override
        public float[] allocateFloatLocalArray(int size) {
            return shared(float[].class, () -> new float[size]);
        }

        @Override
        public double[] allocateDoubleLocalArray(int size) {
            return shared(double[].class, () -> new double[size]);
        }

        @Override
        public HalfFloat[] allocateHalfFloatLocalArray(int size) {
            return shared(HalfFloat[].class, () -> new HalfFloat[size]);
        }

        @Override
        public void atomicAdd(IntArray array, int index, int value) {
            synchronized (ThreadedItems.this) {
                super.atomicAdd(array, index, value);
            }
        }

        @Override
        public void atomicAdd(LongArray array, int index, long value) {
            synchronized (ThreadedItems.this) {
                super.atomicAdd(array, index, value);
            }
        }

        @Override
        public void atomicAdd(int[] array, int index, int value) {
            synchronized (ThreadedItems.this) {
                super.atomicAdd(array, index, value);
            }
        }
    }
}
