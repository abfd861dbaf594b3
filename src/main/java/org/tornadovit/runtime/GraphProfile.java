package org.tornadovit.runtime;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.device.Event;
import org.tornadovit.device.Program;
import org.tornadovit.passes.Lowering;
import uk.ac.manchester.tornado.api.profiler.ChromeEventTracer;
import uk.ac.manchester.tornado.api.profiler.ProfilerType;

/**
 * What is measured of a graph's latest execution. Times in nanoseconds, sizes in bytes; without
 * profiling everything is 0.
 */
final class GraphProfile {
    /** How often all of a task's kernels were launched; beside what TornadoVM tells of a task. */
    private static final List<ProfilerType> COMPILATION =
            List.of(
                    ProfilerType.TASK_COMPILE_GRAAL_TIME,
                    ProfilerType.TASK_CODE_GENERATION_TIME,
                    ProfilerType.TASK_COMPILE_DRIVER_TIME);

    private static final String EXECUTIONS = "TASK_EXECUTIONS";

    /** What no device of this runtime measures. */
    private static final List<ProfilerType> POWER =
            List.of(
                    ProfilerType.POWER_USAGE_mW,
                    ProfilerType.SYSTEM_POWER_CONSUMPTION_W,
                    ProfilerType.SYSTEM_VOLTAGE_V,
                    ProfilerType.SYSTEM_CURRENT_A);

    private static final String UNKNOWN = "n/a";

    private final String graph;
    private final long[] values = new long[ProfilerType.values().length];
    private final List<Map<ProfilerType, Object>> tasks = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private volatile boolean on;
    private int[] executions = {};
    private long begun;
    private int depth;
    private long bindingTime;
    private long[] compileTimes = {0, 0, 0};

    GraphProfile(String graph) {
        this.graph = graph;
    }

    boolean isOn() {
        return on;
    }

    void turn(boolean wanted) {
        on = wanted;
    }

    synchronized void clear() {
        Arrays.fill(values, 0);
        Arrays.fill(executions, 0);
        tasks.forEach(task -> task.replaceAll((key, value) -> value instanceof Long ? 0L : value));
    }

    synchronized long get(ProfilerType type) {
        return values[type.ordinal()];
    }

    private void add(ProfilerType type, long value) {
        values[type.ordinal()] += value;
    }

    private void set(ProfilerType type, long value) {
        values[type.ordinal()] = value;
    }

    /** Remembers how long the compilation of a graph took, for the next execution's profile. */
    synchronized void compiled(Compilation compilation) {
        if (compilation.plans().isEmpty()) {
            return;
        }
        tasks.clear();
        names.clear();
        for (int i = 0; i < compilation.plans().size(); i++) {
            TaskPlan plan = compilation.plans().get(i);
            Compilation.Times times = compilation.times().get(i);
            compileTimes[0] += times.translation() + times.compilation().lowering();
            compileTimes[1] += times.compilation().rendering();
            compileTimes[2] += times.compilation().loading();
            Map<ProfilerType, Object> facts = new LinkedHashMap<>();
            facts.put(ProfilerType.BACKEND, plan.device().getTornadoVMBackend().name());
            facts.put(ProfilerType.METHOD, plan.task().code());
            facts.put(
                    ProfilerType.DEVICE_ID,
                    plan.device().getBackendIndex() + ":" + plan.device().index());
            facts.put(ProfilerType.DEVICE, plan.device().getDeviceName());
            facts.put(
                    ProfilerType.TASK_COMPILE_GRAAL_TIME,
                    times.translation() + times.compilation().lowering());
            facts.put(ProfilerType.TASK_CODE_GENERATION_TIME, times.compilation().rendering());
            facts.put(ProfilerType.TASK_COMPILE_DRIVER_TIME, times.compilation().loading());
            facts.put(ProfilerType.TASK_KERNEL_TIME, 0L);
            POWER.forEach(key -> facts.put(key, UNKNOWN));
            tasks.add(facts);
            names.add(plan.task().name());
        }
        executions = new int[names.size()];
    }

    /** Remembers how long it took to write down an execution's steps. */
    synchronized void bound(long nanos) {
        bindingTime += nanos;
    }

    /** Starts to measure an execution; those within it add to it. */
    synchronized void start() {
        if (depth++ > 0) {
            return;
        }
        Arrays.fill(values, 0);
        Arrays.fill(executions, 0);
        boolean wasCompiledBefore = Arrays.stream(compileTimes).sum() == 0;
        for (Map<ProfilerType, Object> task : tasks) {
            task.put(ProfilerType.TASK_KERNEL_TIME, 0L);
            if (wasCompiledBefore) {
                COMPILATION.forEach(key -> task.put(key, 0L));
            }
        }
        begun = System.nanoTime();
    }

    /** Adds the time the host took to give a command to its queue. */
    synchronized void dispatched(Step step, long nanos) {
        add(
                step instanceof Step.Launch
                        ? ProfilerType.TOTAL_DISPATCH_KERNEL_TIME
                        : ProfilerType.TOTAL_DISPATCH_DATA_TRANSFERS_TIME,
                nanos);
    }

    /** Ends an execution that consisted of others. */
    synchronized void finished() {
        end();
    }

    /**
     * Adds up an execution.
     *
     * @param steps what was run
     * @param events when each step began and ended
     * @param stages the kernels of each task
     */
    synchronized void finished(
            Step[] steps, Event[] events, List<List<BoundStage>> stages, long deviceBytes) {
        Map<Program.Launch, Integer> launches = new IdentityHashMap<>();
        for (int i = 0; i < steps.length; i++) {
            long nanos = Math.max(0, events[i].endNanos() - events[i].startNanos());
            if (ChromeEventTracer.isEnabled()) {
                trace(steps[i], events[i]);
            }
            switch (steps[i]) {
                case Step.CopyIn in -> {
                    add(ProfilerType.COPY_IN_TIME, nanos);
                    add(ProfilerType.TOTAL_COPY_IN_SIZE_BYTES, in.array().memory().byteSize());
                }
                case Step.CopyOut out -> {
                    add(ProfilerType.COPY_OUT_TIME, nanos);
                    add(ProfilerType.TOTAL_COPY_OUT_SIZE_BYTES, out.array().memory().byteSize());
                }
                case Step.CopyAcross across -> {
                    add(ProfilerType.COPY_IN_TIME, nanos);
                    add(ProfilerType.TOTAL_COPY_IN_SIZE_BYTES, across.between().byteSize());
                }
                case Step.Launch launch -> {
                    add(ProfilerType.TOTAL_KERNEL_TIME, nanos);
                    launches.merge(launch.launch(), 1, Integer::sum);
                    tasks.get(launch.task())
                            .merge(
                                    ProfilerType.TASK_KERNEL_TIME,
                                    nanos,
                                    (a, b) -> (Long) a + (Long) b);
                }
                case Step.ReadReport _, Step.Release _, Step.Copy _, Step.Fill _ -> {}
            }
        }
        for (int i = 0; i < stages.size(); i++) {
            executions[i] += executions(stages.get(i), launches);
        }
        set(
                ProfilerType.ALLOCATION_BYTES,
                Math.max(deviceBytes, get(ProfilerType.ALLOCATION_BYTES)));
        end();
    }

    /** Forgets that executions are under way, after a failure. */
    synchronized void failed() {
        depth = 0;
    }

    private void end() {
        if (--depth > 0) {
            return;
        }
        set(ProfilerType.TOTAL_BYTE_CODE_GENERATION, bindingTime);
        bindingTime = 0;
        set(ProfilerType.TOTAL_GRAAL_COMPILE_TIME, compileTimes[0]);
        set(ProfilerType.TOTAL_CODE_GENERATION_TIME, compileTimes[1]);
        set(ProfilerType.TOTAL_DRIVER_COMPILE_TIME, compileTimes[2]);
        set(ProfilerType.TOTAL_TASK_GRAPH_TIME, System.nanoTime() - begun);
        compileTimes = new long[3];
    }

    /** A task has run as often as the rarest of the kernels that each of its executions needs. */
    private static int executions(List<BoundStage> stages, Map<Program.Launch, Integer> launches) {
        return stages.stream()
                .filter(stage -> stage.stage().when() == Lowering.When.ALWAYS)
                .mapToInt(stage -> launches.getOrDefault(stage.launch(), 0))
                .min()
                .orElse(0);
    }

    private void trace(Step step, Event event) {
        long start = event.startNanos();
        long end = event.endNanos();
        switch (step) {
            case Step.CopyIn in -> {
                long bytes = in.array().memory().byteSize();
                ChromeEventTracer.enqueueWriteIfEnabled(graph, bytes, start, end);
            }
            case Step.CopyOut out -> {
                long bytes = out.array().memory().byteSize();
                ChromeEventTracer.enqueueReadIfEnabled(graph, bytes, start, end);
            }
            case Step.CopyAcross across ->
                    ChromeEventTracer.enqueueWriteIfEnabled(
                            graph, across.between().byteSize(), start, end);
            case Step.Launch launch ->
                    ChromeEventTracer.enqueueNDRangeKernelIfEnabled(
                            names.get(launch.task()), start, end);
            case Step.ReadReport _, Step.Release _, Step.Copy _, Step.Fill _ -> {}
        }
    }

    /** Adds a copy to the host that the execution result was asked for. */
    synchronized void readOnDemand(Event event, long bytes) {
        if (on) {
            add(ProfilerType.COPY_OUT_TIME_SYNC, event.endNanos() - event.startNanos());
            add(ProfilerType.COPY_OUT_SIZE_BYTES_SYNC, bytes);
        }
    }

    /** {@return the profile as a JSON object whose only key is the graph's name} */
    synchronized String json() {
        StringBuilder text = new StringBuilder("{\n    \"" + graph + "\": {");
        String comma = ",";
        String host = InetAddress.getLoopbackAddress().getHostAddress();
        text.append("\n        ").append(pair(ProfilerType.IP, host));
        for (ProfilerType type : ProfilerType.values()) {
            if (isTotal(type)) {
                text.append(comma).append("\n        ").append(pair(type, get(type)));
            }
        }
        for (int i = 0; i < tasks.size(); i++) {
            text.append(comma).append("\n        \"").append(names.get(i)).append("\": {");
            String inner = "";
            for (Map.Entry<ProfilerType, Object> fact : tasks.get(i).entrySet()) {
                text.append(inner).append("\n            ");
                text.append(pair(fact.getKey(), fact.getValue()));
                inner = ",";
            }
            text.append(inner).append("\n            ");
            text.append(quoted(EXECUTIONS, Integer.toString(executions[i])));
            text.append("\n        }");
            comma = ",";
        }
        return text.append("\n    }\n}\n").toString();
    }

    private static boolean isTotal(ProfilerType type) {
        return type.name().startsWith("TOTAL_")
                || type.name().startsWith("COPY_")
                || type == ProfilerType.ALLOCATION_BYTES;
    }

    private static String pair(ProfilerType type, Object value) {
        return quoted(type.name(), value.toString());
    }

    private static String quoted(String key, String value) {
        String text = value.replace("\\", "\\\\").replace("\"", "\\\"");
        return "\"" + key + "\": \"" + text + "\"";
    }
}
