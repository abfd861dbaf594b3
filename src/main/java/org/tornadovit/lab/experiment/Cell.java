package org.tornadovit.lab.experiment;

/**
 * One measurement of a comparison.
 *
 * @param device name of the device, such as {@code opencl:0:0}
 * @param model name of the model, or of a pair
 * @param batch images a forward pass
 * @param precision number format
 */
public record Cell(String device, String model, int batch, Precision precision) {
    /** {@return the cell in words, as progress lines and error messages show it} */
    public String label() {
        return "%s, %s, batch %d, %s".formatted(model, device, batch, precision.key());
    }
}
