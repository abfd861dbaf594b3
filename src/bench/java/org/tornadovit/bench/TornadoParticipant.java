package org.tornadovit.bench;

import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.measure.ModelCandidate;
import org.tornadovit.lab.measure.Prepared;

/** This project on a device. */
final class TornadoParticipant implements Participant {
    private final String device;
    private final Prepared prepared;

    /**
     * Prepares a model.
     *
     * @param device full name of the device
     * @param images float32 [batch, channels, height, width]
     */
    TornadoParticipant(ModelCandidate candidate, String device, int batch, float[] images) {
        this.device = device;
        this.prepared = candidate.prepare(device, batch, Precision.FP32);
        prepared.input(images);
    }

    @Override
    public String name() {
        return device;
    }

    @Override
    public boolean isPeer() {
        return false;
    }

    @Override
    public void run() {
        prepared.run();
    }

    @Override
    public float[] logits() {
        return prepared.logits();
    }

    @Override
    public void close() {
        prepared.close();
    }
}
