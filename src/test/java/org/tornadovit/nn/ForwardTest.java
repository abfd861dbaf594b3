package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tornadovit.nn.Forward.Capture;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class ForwardTest {
    private static Forward forward(Capture capture) {
        return new Forward(2, 12, Weights.random(List.of(), 1), capture);
    }

    @Test
    void scratchIsSharedByRoleAndGrows() {
        Forward forward = forward(Capture.NOTHING);
        FloatArray first = forward.scratch("hidden", 3, 5);
        assertThat(first.getSize()).isEqualTo(30);
        assertThat(forward.scratch("hidden", 7)).isSameAs(first);
        assertThat(forward.scratch("other", 3, 5)).isNotSameAs(first);
        FloatArray larger = forward.scratch("hidden", 16);
        assertThat(larger).isNotSameAs(first);
        assertThat(forward.scratch("hidden", 3, 5)).isSameAs(larger);
    }

    @Test
    void intermediatesShareMemoryUnlessCaptured() {
        Forward shared = forward(Capture.NOTHING);
        assertThat(shared.intermediate("a", "role", 3)).isSameAs(shared.scratch("role", 3));
        assertThat(shared.intermediates()).isEmpty();
        Forward captured = forward(Capture.INTERMEDIATES);
        FloatArray a = captured.intermediate("a", "role", 3);
        FloatArray b = captured.intermediate("b", "role", 3);
        assertThat(a).isNotSameAs(b);
        assertThat(captured.intermediates().get("b").shape()).containsExactly(2, 3);
        assertThatIllegalStateException().isThrownBy(() -> captured.intermediate("a", "role", 3));
    }

    @Test
    void aTaskKeepsItsBodyArgumentsAndCost() {
        Section section = forward(Capture.NOTHING).section("block0", Section.Part.ENCODER);
        FloatArray x = FloatArray.fromElements(1, 2);
        FloatArray w = FloatArray.fromElements(3, 4);
        FloatArray y = new FloatArray(1);
        section.task("fc", Linear::product, x, w, y, 1, 2, 1).macs(1, 2, 1);
        Section.Task task = section.tasks().getFirst();
        assertThat(task.name()).isEqualTo("block0.fc");
        assertThat(task.part()).isEqualTo(Section.Part.ENCODER);
        assertThat(task.macs()).isEqualTo(2);
        assertThat(task.arguments()).startsWith(x, w, y);
        task.body().run();
        assertThat(y.get(0)).isEqualTo(11f);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> forward(Capture.NOTHING).scratch("big", 1 << 20, 1 << 12))
                .withMessageContaining("use a smaller one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Forward(0, 3, Weights.random(List.of(), 1), Capture.NOTHING))
                .withMessageContaining("batch of 0");
    }
}
