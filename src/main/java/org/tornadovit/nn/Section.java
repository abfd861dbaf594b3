package org.tornadovit.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task10;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task11;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task12;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task13;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task14;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task15;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task3;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task4;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task5;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task6;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task7;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task8;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task9;

/**
 * A part of a model that becomes one task graph: tasks in the order they run.
 *
 * <p>A section only records. Which arrays go to the device, stay there or come back is derived from
 * the use of each array once all sections of a model are known.
 */
public final class Section {

    /** What part of a model's work a section does. */
    public enum Part {
        /** From pixels to the encoder's input: patch embedding or convolutional stem. */
        STEM,
        /** Transformer blocks, or the residual stages of a ResNet. */
        ENCODER,
        /** Final normalisation, pooling and classifier. */
        HEAD
    }

    /**
     * A task.
     *
     * @param section name of the task graph
     * @param id name within it
     * @param part the part of the model
     * @param macs multiply-accumulates of its contraction; 0 for everything else
     * @param arguments the arrays and scalars in the kernel's order
     * @param addTo adds the task to a task graph, under the name given
     * @param body runs the kernel's Java body on the calling thread
     * @param adjoint writes the tasks that carry a gradient back through this one
     */
    public record Task(
            String section,
            String id,
            Part part,
            long macs,
            List<Object> arguments,
            BiConsumer<TaskGraph, String> addTo,
            Runnable body,
            Adjoint adjoint) {

        /** {@return the name that a plan knows the task by, {@code section.id}} */
        public String name() {
            return section + "." + id;
        }
    }

    private final String name;
    private final Part part;
    private final List<Task> tasks = new ArrayList<>();

    /**
     * An empty section.
     *
     * @param name unique in its model; letters, digits and underscores
     * @param part the part of the model that its tasks belong to
     */
    public Section(String name, Part part) {
        this.name = name;
        this.part = part;
    }

    /** {@return the name of the task graph} */
    public String name() {
        return name;
    }

    /** {@return the part of the model that the tasks belong to} */
    public Part part() {
        return part;
    }

    /** {@return the tasks in order} */
    public List<Task> tasks() {
        return Collections.unmodifiableList(tasks);
    }

    /** Declares that the task added last does the product of {@code extents} multiply-adds. */
    public Section macs(int... extents) {
        long product = 1;
        for (int extent : extents) {
            product = Math.multiplyExact(product, extent);
        }
        Task last = tasks.removeLast();
        tasks.add(
                new Task(
                        last.section,
                        last.id,
                        last.part,
                        product,
                        last.arguments,
                        last.addTo,
                        last.body,
                        last.adjoint));
        return this;
    }

    /** Declares how a gradient goes back through the task added last. */
    public Section adjoint(Adjoint adjoint) {
        Task last = tasks.removeLast();
        tasks.add(
                new Task(
                        last.section,
                        last.id,
                        last.part,
                        last.macs,
                        last.arguments,
                        last.addTo,
                        last.body,
                        adjoint));
        return this;
    }

    private Section add(
            String id, List<Object> arguments, BiConsumer<TaskGraph, String> addTo, Runnable body) {
        tasks.add(new Task(name, id, part, 0, arguments, addTo, body, Adjoint.unknown(name, id)));
        return this;
    }

    /** Appends task {@code id}: {@code code} on the 3 arguments that follow. */
    public <T1, T2, T3> Section task(String id, Task3<T1, T2, T3> code, T1 a1, T2 a2, T3 a3) {
        return add(
                id,
                List.of(a1, a2, a3),
                (graph, task) -> graph.task(task, code, a1, a2, a3),
                () -> code.apply(a1, a2, a3));
    }

    /** Appends task {@code id}: {@code code} on the 4 arguments that follow. */
    public <T1, T2, T3, T4> Section task(
            String id, Task4<T1, T2, T3, T4> code, T1 a1, T2 a2, T3 a3, T4 a4) {
        return add(
                id,
                List.of(a1, a2, a3, a4),
                (graph, task) -> graph.task(task, code, a1, a2, a3, a4),
                () -> code.apply(a1, a2, a3, a4));
    }

    /** Appends task {@code id}: {@code code} on the 5 arguments that follow. */
    public <T1, T2, T3, T4, T5> Section task(
            String id, Task5<T1, T2, T3, T4, T5> code, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5) {
        return add(
                id,
                List.of(a1, a2, a3, a4, a5),
                (graph, task) -> graph.task(task, code, a1, a2, a3, a4, a5),
                () -> code.apply(a1, a2, a3, a4, a5));
    }

    /** Appends task {@code id}: {@code code} on the 6 arguments that follow. */
    public <T1, T2, T3, T4, T5, T6> Section task(
            String id,
            Task6<T1, T2, T3, T4, T5, T6> code,
            T1 a1,
            T2 a2,
            T3 a3,
            T4 a4,
            T5 a5,
            T6 a6) {
        return add(
                id,
                List.of(a1, a2, a3, a4, a5, a6),
                (graph, task) -> graph.task(task, code, a1, a2, a3, a4, a5, a6),
                () -> code.apply(a1, a2, a3, a4, a5, a6));
    }

    /** Appends task {@code id}: {@code code} on the 7 arguments that follow. */
    public <T1, T2, T3, T4, T5, T6, T7> Section task(
            String id,
            Task7<T1, T2, T3, T4, T5, T6, T7> code,
            T1 a1,
            T2 a2,
            T3 a3,
            T4 a4,
            T5 a5,
            T6 a6,
            T7 a7) {
        return add(
                id,
                List.of(a1, a2, a3, a4, a5, a6, a7),
                (graph, task) -> graph.task(task, code, a1, a2, a3, a4, a5, a6, a7),
                () -> code.apply(a1, a2, a3, a4, a5, a6, a7));
    }

    /** Appends task {@code id}: {@code code} on the 8 arguments that follow. */
    public <T1, T2, T3, T4, T5, T6, T7, T8> Section task(
            String id,
            Task8<T1, T2, T3, T4, T5, T6, T7, T8> code,
            T1 a1,
            T2 a2,
            T3 a3,
            T4 a4,
            T5 a5,
            T6 a6,
            T7 a7,
            T8 a8) {
        return add(
                id,
                List.of(a1, a2, a3, a4, a5, a6, a7, a8),
                (graph, task) -> graph.task(task, code, a1, a2, a3, a4, a5, a6, a7, a8),
                () -> code.apply(a1, a2, a3, a4, a5, a6, a7, a8));
    }

    /** Appends task {@code id}: {@code code} on the 9 arguments that follow. */
    public <T1, T2, T3, T4, T5, T6, T7, T8, T9> Section task(
            String id,
            Task9<T1, T2, T3, T4, T5, T6, T7, T8, T9> code,
            T1 a1,
            T2 a2,
            T3 a3,
            T4 a4,
            T5 a5,
            T6 a6,
            T7 a7,
            T8 a8,
            T9 a9) {
        return add(
                id,
                List.of(a1, a2, a3, a4, a5, a6, a7, a8, a9),
                (graph, task) -> graph.task(task, code, a1, a2, a3, a4, a5, a6, a7, a8, a9),
                () -> code.apply(a1, a2, a3, a4, a5, a6, a7, a8, a9));
    }

    /** Appends task {@code id}: {@code code} on the 10 arguments that follow. */
    public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> Section task(
            String id,
            Task10<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> code,
            T1 a1,
            T2 a2,
            T3 a3,
            T4 a4,
            T5 a5,
            T6 a6,
            T7 a7,
            T8 a8,
            T9 a9,
            T10 a10) {
        return add(
                id,
                List.of(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10),
                (graph, task) -> graph.task(task, code, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10),
                () -> code.apply(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10));
    }

    /** Appends task {@code id}: {@code code} on the 11 arguments that follow. */
    public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> Section task(
            String id,
            Task11<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> code,
            T1 a1,
            T2 a2,
            T3 a3,
            T4 a4,
            T5 a5,
            T6 a6,
            T7 a7,
            T8 a8,
            T9 a9,
            T10 a10,
            T11 a11) {
        return add(
                id,
                List.of(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11),
                (graph, task) ->
                        graph.task(task, code, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11),
                () -> code.apply(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11));
    }

    /** Appends task {@code id}: {@code code} on the 12 arguments that follow. */
    public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> Section task(
            String id,
            Task12<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> code,
            T1 a1,
            T2 a2,
            T3 a3,
            T4 a4,
            T5 a5,
            T6 a6,
            T7 a7,
            T8 a8,
            T9 a9,
            T10 a10,
            T11 a11,
            T12 a12) {
        return add(
                id,
                List.of(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12),
                (graph, task) ->
                        graph.task(task, code, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12),
                () -> code.apply(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12));
    }

    /** Appends task {@code id}: {@code code} on the 13 arguments that follow. */
    public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> Section task(
            String id,
            Task13<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> code,
            T1 a1,
            T2 a2,
            T3 a3,
            T4 a4,
            T5 a5,
            T6 a6,
            T7 a7,
            T8 a8,
            T9 a9,
            T10 a10,
            T11 a11,
            T12 a12,
            T13 a13) {
        return add(
                id,
                List.of(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13),
                (graph, task) ->
                        graph.task(
                                task, code, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13),
                () -> code.apply(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13));
    }

    /** Appends task {@code id}: {@code code} on the 14 arguments that follow. */
    public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> Section task(
            String id,
            Task14<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> code,
            T1 a1,
            T2 a2,
            T3 a3,
            T4 a4,
            T5 a5,
            T6 a6,
            T7 a7,
            T8 a8,
            T9 a9,
            T10 a10,
            T11 a11,
            T12 a12,
            T13 a13,
            T14 a14) {
        return add(
                id,
                List.of(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14),
                (graph, task) ->
                        graph.task(
                                task, code, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13,
                                a14),
                () -> code.apply(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14));
    }

    /** Appends task {@code id}: {@code code} on the 15 arguments that follow. */
    public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15> Section task(
            String id,
            Task15<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15> code,
            T1 a1,
            T2 a2,
            T3 a3,
            T4 a4,
            T5 a5,
            T6 a6,
            T7 a7,
            T8 a8,
            T9 a9,
            T10 a10,
            T11 a11,
            T12 a12,
            T13 a13,
            T14 a14,
            T15 a15) {
        return add(
                id,
                List.of(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15),
                (graph, task) ->
                        graph.task(
                                task, code, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13,
                                a14, a15),
                () -> code.apply(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15));
    }
}
