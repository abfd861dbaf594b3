package org.tornadovit.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tornadovit.device.Code;
import org.tornadovit.device.DeviceException;
import org.tornadovit.ir.Parser;

class JvmVectorTest {
    private static final String DOT =
            """
            kernel dot(f32[] x, f32[] y, f32[] z) loops {
                for i grid0 i32 i = 0 to 8 step 1 {
                    f32x16 sum = 0.0:f32x16
                    for k sequential i32 k = 0 to 64 step 16 {
                        sum = fma(x[((i * 64) + k):16], y[k:16], sum)
                    }
                    z[i] = reduce +(sum)
                }
            }
            """;

    @Test
    void equalKernelsGiveEqualCode() {
        Code.Binary one = (Code.Binary) new JvmVector(512).render(Parser.parse(DOT));
        Code.Binary two = (Code.Binary) new JvmVector(512).render(Parser.parse(DOT));
        assertThat(one.bytes()).isEqualTo(two.bytes());
        assertThat(one.entry()).isEqualTo("dot");
        assertThat(one.language()).isEqualTo("jvm");
    }

    @Test
    void theListingShowsTheMethodsAndTheirOperations() {
        assertThat(new JvmVector(512).render(Parser.parse(DOT)).text())
                .contains("run(long[],long,long,long)void")
                .contains("vector0(")
                .contains("invokevirtual FloatVector.fma(Vector,Vector)FloatVector")
                .contains("getstatic FloatVector.SPECIES_512");
        assertThat(new JvmVector(128).render(Parser.parse(DOT)).text())
                .contains("getstatic FloatVector.SPECIES_128");
        assertThat(new JvmVector(0).render(Parser.parse(DOT)).text()).doesNotContain("Vector");
    }

    @Test
    void aKernelThatTheJvmWouldNotCompileIsRefused() {
        StringBuilder text = new StringBuilder("kernel endless(f32[] z) loops {\n");
        for (int i = 0; i < 600; i++) {
            text.append("z[%d] = (z[%d] * 2.0:f32)\n".formatted(i, i + 1));
        }
        assertThatThrownBy(() -> new JvmVector(512).render(Parser.parse(text.append("}\n") + "")))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("kernel endless is too long for device jvm")
                .hasMessageContaining("split it");
    }

    @Test
    void workItemKernelsHaveToBecomeLoopsFirst() {
        String text = "kernel items(context c, i32[] z) work_item {\nz[global_id(0)] = 1\n}\n";
        assertThatThrownBy(() -> new JvmVector(512).render(Parser.parse(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("items");
    }
}
