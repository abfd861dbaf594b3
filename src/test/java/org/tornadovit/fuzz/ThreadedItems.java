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
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.vectors.Half2;

/**
 * Runs the Java of a kernel of work-items with a thread for each item of a group, one group after
 * the other: barriers wait, local arrays are shared.
 */
final class ThreadedItems {
    private final GridShape shape;
    private final CyclicBarrier barrier;
    private final List<Object> arrays = new ArrayList<>();

    private ThreadedItems(GridShape shape) {
        this.shape = shape;
        this.barrier = new CyclicBarrier(shape.groupItems());
    }

    /** Runs a static method whose first parameter is the context. */
    static void run(Method method, Object[] arguments, GridShape shape) {
        for (int group = 0; group < shape.groups(); group++) {
            new ThreadedItems(shape).together(method, arguments, group);
        }
    }

    private void together(Method method, Object[] arguments, int group) {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int item = 0; item < shape.groupItems(); item++) {
            Object[] own = arguments.clone();
            own[0] = new Item(group, item);
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

        Item(int group, int item) {
            int[] groups = shape.place(shape.groupCounts(), group);
            int[] items = shape.place(shape.group(), item);
            for (int d = 0; d < groups.length; d++) {
                char lower = "xyz".charAt(d);
                char upper = "XYZ".charAt(d);
                set("globalId" + lower, groups[d] * shape.group()[d] + items[d]);
                set("localId" + lower, items[d]);
                set("groupId" + lower, groups[d]);
                set("globalGroupSize" + upper, shape.global()[d]);
                set("localGroupSize" + upper, shape.group()[d]);
            }
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
        public Half2[] allocateHalf2LocalArray(int size) {
            return shared(Half2[].class, () -> new Half2[size]);
        }

        @Override
        public void atomicAdd(FloatArray array, int index, float value) {
            synchronized (ThreadedItems.this) {
                super.atomicAdd(array, index, value);
            }
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
