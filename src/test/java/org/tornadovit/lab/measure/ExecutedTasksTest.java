package org.tornadovit.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.models.Models;
import org.tornadovit.nn.Linear;
import org.tornadovit.nn.Section;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What a device has run, by real plans: whole models, and graphs with a task less or more. */
class ExecutedTasksTest {
    private static final int ROWS = 4;
    private static final int WIDTH = 8;
    private static final long MACS = ROWS * WIDTH * WIDTH;

    private final FloatArray x = new FloatArray(ROWS * WIDTH);
    private final FloatArray w = new FloatArray(WIDTH * WIDTH);
    private final FloatArray y = new FloatArray(ROWS * WIDTH);
    private final FloatArray z = new FloatArray(ROWS * WIDTH);
    private final Section stem =
            new Section("stem", Section.Part.STEM)
                    .task("embed", Linear::product, x, w, y, ROWS, WIDTH, WIDTH)
                    .macs(ROWS, WIDTH, WIDTH);
    private final Section block =
            new Section("block", Section.Part.ENCODER)
                    .task("again", Linear::product, x, w, z, ROWS, WIDTH, WIDTH)
                    .macs(ROWS, WIDTH, WIDTH);
    private final Section.Task embed = stem.tasks().getFirst();
    private final Section.Task again = block.tasks().getFirst();

    /** {@return the profile of the second pass of one graph with these tasks} */
    private String profile(String graph, Section.Task... tasks) throws Exception {
        TaskGraph built =
                new TaskGraph(graph).transferToDevice(DataTransferMode.FIRST_EXECUTION, x, w);
        for (Section.Task task : tasks) {
            task.addTo().accept(built, task.id());
        }
        built.transferToHost(DataTransferMode.EVERY_EXECUTION, y, z);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(built.snapshot())) {
            plan.execute();
            return plan.withProfiler(ProfilerMode.SILENT)
                    .execute()
                    .getProfilerResult()
                    .getProfileLog();
        }
    }

    private static Section.Task in(String section, Section.Task task) {
        return new Section.Task(
                section,
                task.id(),
                task.part(),
                task.macs(),
                task.arguments(),
                task.addTo(),
                task.body(),
                task.adjoint());
    }

    @Test
    void everyTaskThatRanIsCounted() throws Exception {
        String log = profile("g", embed, again);
        assertThat(ExecutedTasks.work(log, List.of(in("g", embed), in("g", again)), ROWS))
                .contains(new Prepared.Work(MACS / ROWS, 2 * MACS / ROWS));
    }

    @Test
    void aTaskThatDidNotRunIsNotCounted() throws Exception {
        String log = profile("g", embed);
        assertThat(ExecutedTasks.work(log, List.of(in("g", embed), in("g", again)), 1))
                .contains(new Prepared.Work(MACS, MACS));
    }

    @Test
    void aTaskThatRanTwiceIsCountedTwice() throws Exception {
        String twice = profile("g", embed) + profile("g", embed, again);
        assertThat(ExecutedTasks.work(twice, List.of(in("g", embed), in("g", again)), 1))
                .contains(new Prepared.Work(2 * MACS, 3 * MACS));
    }

    @Test
    void aTaskThatTheModelDoesNotKnowIsRefused() throws Exception {
        String log = profile("g", embed, again);
        assertThatThrownBy(() -> ExecutedTasks.work(log, List.of(in("g", embed)), 1))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("g.again");
    }

    @Test
    void anotherRuntimesProfileCountsNothing() {
        String log = "{\"g\": {\"TOTAL_KERNEL_TIME\": \"1\", \"g.embed\": {\"METHOD\": \"m\"}}}";
        assertThat(ExecutedTasks.work(log, List.of(in("g", embed)), 1)).isEmpty();
        assertThat(ExecutedTasks.work("", List.of(), 1)).isEmpty();
    }

    @Test
    void aWholeModelDoesWhatItsFormulaSays() {
        Devices devices = new Devices();
        for (String name : List.of("testing@32", "ResNet-18@32")) {
            Candidate model = ModelCandidate.random(name, Models.named(name), 1, devices);
            try (Prepared prepared = model.prepare("jvm", 2, Precision.FP32)) {
                prepared.run();
                Optional<Prepared.Work> work = prepared.runAndCount();
                assertThat(work.map(Prepared.Work::macs)).as(name).contains(model.macs());
                assertThat(prepared.runAndCount()).isEqualTo(work);
            }
        }
    }
}
