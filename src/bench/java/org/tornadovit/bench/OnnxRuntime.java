package org.tornadovit.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.tornadovit.models.Model;

/** ONNX Runtime on the exported file: all cores, all its optimisations. */
final class OnnxRuntime implements Participant {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final OnnxTensor input;
    private final FloatBuffer logits;
    private final float[] copy;

    /**
     * Loads a model.
     *
     * @param file the exported model
     * @param images float32 [batch, channels, height, width]
     */
    OnnxRuntime(Path file, Model model, int batch, float[] images) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            session = environment.createSession(file.toString(), options);
            long[] shape = {batch, model.channels(), model.imageSize(), model.imageSize()};
            input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), shape);
            copy = new float[batch * model.classes()];
            logits = FloatBuffer.wrap(copy);
        } catch (OrtException e) {
            throw new PeerException("ONNX Runtime cannot load " + model.name(), e);
        }
    }

    @Override
    public String name() {
        return "onnxruntime " + environment.getVersion();
    }

    @Override
    public boolean isPeer() {
        return true;
    }

    @Override
    public void run() {
        try (OrtSession.Result result = session.run(Map.of("image", input))) {
            if (result.get(0) instanceof OnnxTensor tensor) {
                logits.rewind().put(tensor.getFloatBuffer());
            }
        } catch (OrtException e) {
            throw new PeerException("ONNX Runtime cannot run", e);
        }
    }

    @Override
    public float[] logits() {
        return copy.clone();
    }

    @Override
    public void close() {
        try {
            input.close();
            session.close();
        } catch (OrtException e) {
            throw new PeerException("ONNX Runtime cannot be closed", e);
        }
    }
}
