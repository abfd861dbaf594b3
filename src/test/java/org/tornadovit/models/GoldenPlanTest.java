package org.tornadovit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tornadovit.models.Golden.relativeError;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.nn.Forward.Capture;
import org.tornadovit.runtime.OnDevices;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/** Whole models as task graphs in an execution plan, on every device. */
class GoldenPlanTest {
    static Stream<Arguments> onDevices() {
        return OnDevices.all().stream()
                .flatMap(device ->
                        Stream.of(
                                        "vit_tiny",
                                        "hybrid_tiny",
                                        "resnet18_w16",
                                        "bit_tiny",
                                        "swin_tiny")
                                .map(name -> Arguments.of(name, device)));
    }

    @ParameterizedTest
    @MethodSource("onDevices")
    void logitsAgree(String name, TornadoDevice device) throws TornadoExecutionPlanException {
        Golden golden = new Golden(name);
        Model model = golden.model();
        BuiltModel built =
                model.build(golden.batch(), golden.weights(model, "weights.safetensors"));
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(built.graphs())) {
            plan.withDevice(device);
            for (int run = 0; run < 2; run++) {
                built.input().clear();
                plan.execute();
                assertThat(relativeError(built.logits(), golden.logits64())).isGreaterThan(0.1);
                golden.fill(built.input());
                plan.execute();
                assertThat(relativeError(built.logits(), golden.logits64())).isLessThan(1e-4);
            }
        }
    }

    @Test
    void everyStageComesBackWhenCaptured() throws TornadoExecutionPlanException {
        Golden golden = new Golden("vit_tiny");
        Model model = golden.model();
        BuiltModel built =
                model.build(
                        golden.batch(),
                        golden.weights(model, "weights.safetensors"),
                        Capture.INTERMEDIATES);
        golden.fill(built.input());
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(built.graphs())) {
            plan.execute();
        }
        golden.names()
                .forEach((there, here) ->
                        assertThat(
                                        relativeError(
                                                built.intermediates().get(here).values(),
                                                golden.stage(there).channelsLast()))
                                .as(there)
                                .isLessThan(1e-4));
    }
}
