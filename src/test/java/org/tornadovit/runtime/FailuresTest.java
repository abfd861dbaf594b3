package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tornadovit.frontend.UnsupportedKernelException;
import org.tornadovit.ir.Site;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceMMANotSupported;

/** Which of the API's exceptions a failure becomes. */
class FailuresTest {
    private static RuntimeException refused(String construct) {
        return Failures.of(
                "task g.t",
                new UnsupportedKernelException(new Site("A.run", 7), construct, "leave it out"));
    }

    @Test
    void onlyFragmentsThatNoDeviceHasAreMissingTensorCores() {
        assertThat(refused("KernelContext.mmaLoadA"))
                .isInstanceOf(TornadoDeviceMMANotSupported.class);
        assertThat(refused("KernelContext.simdgroupMatrixLoad of a local array"))
                .isInstanceOf(TornadoBailoutRuntimeException.class)
                .hasMessageContaining("task g.t: A.run:7");
    }
}
