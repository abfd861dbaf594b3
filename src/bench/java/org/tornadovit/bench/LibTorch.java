package org.tornadovit.bench;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.file.Path;
import org.tornadovit.models.Model;

/** libtorch through DJL, with the model as TorchScript; on all cores. */
final class LibTorch implements Participant {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final ai.djl.Model loaded = ai.djl.Model.newInstance("net", "PyTorch");
    private final Predictor<NDList, NDList> predictor;
    private final NDArray input;
    private float[] logits = {};

    /**
     * Loads a model.
     *
     * @param script a TorchScript archive
     * @param images float32 [batch, channels, height, width]
     */
    LibTorch(Path script, Model model, int batch, float[] images) {
        try {
            loaded.load(script);
        } catch (IOException | MalformedModelException e) {
            throw new PeerException("libtorch cannot load " + model.name(), e);
        }
        predictor = loaded.newPredictor(new NoopTranslator());
        int side = model.imageSize();
        input = manager.create(images, new Shape(batch, model.channels(), side, side));
    }

    @Override
    public String name() {
        return "libtorch " + Engine.getEngine("PyTorch").getVersion();
    }

    @Override
    public boolean isPeer() {
        return true;
    }

    @Override
    public void run() {
        try (NDList result = predictor.predict(new NDList(input))) {
            logits = result.getFirst().toFloatArray();
        } catch (TranslateException e) {
            throw new PeerException("libtorch cannot run", e);
        }
    }

    @Override
    public float[] logits() {
        return logits.clone();
    }

    @Override
    public void close() {
        predictor.close();
        loaded.close();
        manager.close();
    }
}
