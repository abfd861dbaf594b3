package org.tornadovit.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What programs share: inputs, runs and comparisons. */
final class Check {
    private Check() {}

    /** {@return numbers between -1 and 1} */
    static FloatArray floats(int size, long seed) {
        Random random = new Random(seed);
        FloatArray array = new FloatArray(size);
        for (int i = 0; i < size; i++) {
            array.set(i, random.nextFloat() * 2 - 1);
        }
        return array;
    }

    static DoubleArray doubles(int size, long seed) {
        return DoubleArray.fromArray(new Random(seed).doubles(size, -1, 1).toArray());
    }

    static IntArray ints(int size, int low, int high, long seed) {
        return IntArray.fromArray(new Random(seed).ints(size, low, high).toArray());
    }

    static HalfFloatArray halves(int size, long seed) {
        HalfFloatArray array = new HalfFloatArray(size);
        FloatArray values = floats(size, seed);
        for (int i = 0; i < size; i++) {
            array.set(i, new HalfFloat(values.get(i)));
        }
        return array;
    }

    /** Runs a graph once. */
    static void run(TornadoDevice device, TaskGraph graph) {
        try (var plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device).execute();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a graph once with grids. */
    static void run(TornadoDevice device, TaskGraph graph, GridScheduler grids) {
        try (var plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device).withGridScheduler(grids).execute();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return items in groups} */
    static WorkerGrid grid(int items, int group) {
        WorkerGrid grid = new WorkerGrid1D(items);
        grid.setLocalWork(group, 1, 1);
        return grid;
    }

    static void near(FloatArray found, FloatArray wanted, double error) {
        assertThat(found.getSize()).isEqualTo(wanted.getSize());
        for (int i = 0; i < wanted.getSize(); i++) {
            near("element " + i, found.get(i), wanted.get(i), error);
        }
    }

    static void near(DoubleArray found, DoubleArray wanted, double error) {
        for (int i = 0; i < wanted.getSize(); i++) {
            near("element " + i, found.get(i), wanted.get(i), error);
        }
    }

    /** The same, both not a number, or apart by a part of the larger of 1 and the value. */
    static void near(String what, double found, double wanted, double error) {
        boolean same = Double.compare(found, wanted) == 0;
        double bound = error * Math.max(1, Math.abs(wanted));
        assertThat(same || Math.abs(found - wanted) <= bound)
                .as("%s: found %s, wanted %s", what, found, wanted)
                .isTrue();
    }

    static void same(IntArray found, IntArray wanted) {
        assertThat(found.toHeapArray()).isEqualTo(wanted.toHeapArray());
    }
}
