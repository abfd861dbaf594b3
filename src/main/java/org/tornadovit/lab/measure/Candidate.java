package org.tornadovit.lab.measure;

import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.Precision;

/** A model with weights, not yet on a device. */
public interface Candidate {
    /** What a model looks at first. */
    enum Family {
        /** Transformer on linearly embedded patches. */
        PURE("pure"),
        /** Transformer on the features of a convolutional stem. */
        HYBRID("hybrid"),
        /** Convolutions only. */
        RESNET("resnet");

        private final String key;

        Family(String key) {
            this.key = key;
        }

        /** {@return the word in tables} */
        public String key() {
            return key;
        }
    }

    /** {@return name of the model} */
    String name();

    /** {@return what the model looks at first} */
    Family family();

    /** {@return side of the square input in pixels} */
    int imageSize();

    /** {@return number of input values of one image} */
    int inputLength();

    /** {@return number of trained values} */
    long parameters();

    /** {@return multiply-adds of one image, by formula} */
    long macs();

    /** {@return where the weights come from: {@code random:SEED} or {@code sha256:DIGEST}} */
    String weights();

    /** {@return the way images become inputs of this model, as the data set understands it} */
    Recipe recipe();

    /**
     * Puts the model on a device.
     *
     * @param device full name of the device
     * @param batch images a forward pass
     * @param precision number format
     * @return the model on the device, to be closed
     * @throws LabException when the device cannot run the model so
     */
    Prepared prepare(String device, int batch, Precision precision);
}
