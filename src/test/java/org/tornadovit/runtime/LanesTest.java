package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tornadovit.device.Queue;
import org.tornadovit.device.none.NoneDevice;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Devices that run at once, and where they wait for each other. */
class LanesTest {
    private static final Lanes TWO = new Lanes(List.of(List.of(List.of(0), List.of(1))));

    @Test
    void anErrorOfAnyLaneArrives() {
        assertThatThrownBy(() ->
                        TWO.run(i -> {
                            if (i == 1) {
                                throw new StackOverflowError("other");
                            }
                        }))
                .isInstanceOf(StackOverflowError.class)
                .hasMessage("other");
    }

    @Test
    void theFirstFailureHasTheOthers() {
        assertThatThrownBy(() ->
                        TWO.run(i -> {
                            throw new IllegalStateException("lane " + i);
                        }))
                .hasMessage("lane 0")
                .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("lane 1"));
    }

    @Test
    void devicesMeetWhereMemoryIsGivenBack() {
        NoneDevice device = new NoneDevice();
        Queue one = device.newQueue();
        Queue other = device.newQueue();
        MemorySegment content = Arena.ofAuto().allocate(4);
        Step first = new Step.Fill(one, content, device.allocate(4));
        Step second = new Step.Fill(other, content, device.allocate(4));
        GraphMemory memory =
                new GraphMemory("g", new GraphMemory.Budget(Long.MAX_VALUE), Storage.FP32);
        Step release = new Step.Release(List.of(other, one), memory, memory.array(new IntArray(1)));
        assertThat(Lanes.of(new Step[] {first, second, release, first}).phases())
                .containsExactly(
                        List.of(List.of(0), List.of(1)), List.of(List.of(2)), List.of(List.of(3)));
    }
}
