package org.tornadovit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.frontend.UnsupportedKernelException;
import org.tornadovit.runtime.OnDevices;

/** The fuzzer's parts; {@code scripts/fuzz} runs the whole on devices. */
class FuzzTest {
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void randomKernelsMeanWhatTheirJavaMeans(long seed) {
        Class<?> type = Trial.compile("Fuzz", RandomKernels.source("Fuzz", seed, 6));
        int compared = 0;
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().startsWith("k")) {
                try {
                    assertThat(new Trial(List.of()).run(method, seed)).isEmpty();
                    compared++;
                } catch (UnsupportedKernelException e) {
                    assertThat(e).hasMessageContaining("changes under two names");
                }
            }
        }
        assertThat(compared).isGreaterThan(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32})
    void randomTypesMeanWhatTheirJavaMeans(long seed) {
        Class<?> type = Trial.compile("Fuzz", RandomTypes.source("Fuzz", seed, 5));
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().matches("k\\d+")) {
                assertThat(new Trial(List.of()).run(method, seed)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void randomWorkItemsMeanWhatThreadsOfJavaMean(long seed) {
        Class<?> type = Trial.compile("Fuzz", RandomItems.source("Fuzz", seed, 4));
        Trial trial = new Trial(OnDevices.all().subList(0, 1));
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().matches("k\\d+")) {
                assertThat(trial.run(method, seed)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {300})
    void randomGridsMeanWhatThreadsOfJavaMean(long seed) {
        Class<?> type = Trial.compile("Fuzz", RandomGrids.source("Fuzz", seed, 3));
        Trial trial = new Trial(OnDevices.all().subList(0, 1));
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().matches("k\\d+")) {
                assertThat(trial.run(method, seed)).isEmpty();
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameKernels() {
        assertThat(RandomKernels.source("Fuzz", 5, 3))
                .isEqualTo(RandomKernels.source("Fuzz", 5, 3));
    }

    @Test
    void aFailureIsMadeSmall() {
        String source = "class A {\nvoid a() {\nx();\nif (y) {\nbad();\n}\n}\nvoid b() {\n}\n}\n";
        Shrinking shrinking =
                new Shrinking(
                        text ->
                                Stream.of("class A", "void a", "bad();").allMatch(text::contains)
                                        && text.replaceAll("[^{]", "").length()
                                                == text.replaceAll("[^}]", "").length(),
                        10);
        assertThat(shrinking.of(source))
                .isEqualTo("class A {\nvoid a() {\nif (y) {\nbad();\n}\n}\n}\n");
    }
}
