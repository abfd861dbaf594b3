package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoProfilerResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.profiler.ProfilerType;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What a profile holds. */
class ProfileTest {
    private static final int SIZE = 1000;

    static List<TornadoDevice> devices() {
        return OnDevices.all();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void allKeysAreThereAndTheSumsAreConsistent(TornadoDevice device) throws Exception {
        IntArray a = new IntArray(SIZE);
        IntArray b = new IntArray(SIZE);
        var graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, b)
                        .task("t", Kernels::increment, a)
                        .task("u", Kernels::increment, b)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, a)
                        .transferToHost(DataTransferMode.UNDER_DEMAND, b)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            var result = plan.withDevice(device).withProfiler(ProfilerMode.SILENT).execute();
            TornadoProfilerResult first = result.getProfilerResult();
            assertThat(first.getTotalBytesCopyIn()).isEqualTo(2 * 4 * SIZE);
            assertThat(first.getTotalBytesCopyOut()).isEqualTo(4 * SIZE);
            result.transferToHost(b);
            assertThat(first.getTotalBytesCopyOut()).isEqualTo(2 * 4 * SIZE);
            JsonNode json = new ObjectMapper().readTree(first.getProfileLog()).get("g");
            check(json);
            assertThat(number(json, ProfilerType.TOTAL_BYTE_CODE_GENERATION)).isPositive();
            TornadoProfilerResult second = plan.execute().getProfilerResult();
            assertThat(second.getTotalBytesCopyIn()).isEqualTo(4 * SIZE);
            assertThat(second.getTotalBytesTransferred()).isEqualTo(2 * 4 * SIZE);
            assertThat(second.getCompileTime()).isZero();
            check(new ObjectMapper().readTree(second.getProfileLog()).get("g"));
        }
    }

    private static void check(JsonNode json) {
        Set<String> keys = new TreeSet<>(json.propertyNames());
        keys.addAll(json.get("g.t").propertyNames());
        List<String> wanted = new ArrayList<>();
        for (ProfilerType type : ProfilerType.values()) {
            wanted.add(type.name());
        }
        assertThat(wanted).hasSize(28);
        assertThat(keys).containsAll(wanted);
        Map<ProfilerType, ProfilerType> totals =
                Map.of(
                        ProfilerType.TOTAL_KERNEL_TIME, ProfilerType.TASK_KERNEL_TIME,
                        ProfilerType.TOTAL_GRAAL_COMPILE_TIME, ProfilerType.TASK_COMPILE_GRAAL_TIME,
                        ProfilerType.TOTAL_CODE_GENERATION_TIME,
                                ProfilerType.TASK_CODE_GENERATION_TIME,
                        ProfilerType.TOTAL_DRIVER_COMPILE_TIME,
                                ProfilerType.TASK_COMPILE_DRIVER_TIME);
        totals.forEach((total, task) ->
                assertThat(number(json, total))
                        .as("%s", total)
                        .isEqualTo(number(json.get("g.t"), task) + number(json.get("g.u"), task)));
        long parts =
                number(json, ProfilerType.TOTAL_DISPATCH_KERNEL_TIME)
                        + number(json, ProfilerType.TOTAL_DISPATCH_DATA_TRANSFERS_TIME);
        assertThat(number(json, ProfilerType.TOTAL_TASK_GRAPH_TIME)).isGreaterThanOrEqualTo(parts);
        assertThat(number(json, ProfilerType.ALLOCATION_BYTES)).isGreaterThanOrEqualTo(8 * SIZE);
    }

    private static long number(JsonNode json, ProfilerType key) {
        return Long.parseLong(json.get(key.name()).asString());
    }
}
