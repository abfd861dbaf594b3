package org.tornadovit.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.models.Model;
import org.tornadovit.models.Models;

/** A model whose weights lie in a second file is the same model. */
class ExternalDataTest {
    @TempDir private Path directory;

    @Test
    void weightsBesideTheFileAreFound() throws OrtException {
        Model model = Models.named("testing@32");
        OnnxGraph graph = model.onnx(model.randomWeights(1));
        Path one = directory.resolve("one.onnx");
        Path two = directory.resolve("two.onnx");
        assertThat(OnnxFile.write(one, graph, Map.of())).hasSize(1);
        assertThat(OnnxFile.write(two, graph, Map.of(), 1000)).hasSize(2);
        assertThat(logits(two)).isEqualTo(logits(one));
    }

    private static float[][] logits(Path file) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        float[] images = new float[3 * 32 * 32];
        for (int i = 0; i < images.length; i++) {
            images[i] = i % 7;
        }
        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor input =
                        OnnxTensor.createTensor(
                                environment, FloatBuffer.wrap(images), new long[] {1, 3, 32, 32});
                OrtSession.Result result = session.run(Map.of("image", input))) {
            return (float[][]) result.get(0).getValue();
        }
    }
}
