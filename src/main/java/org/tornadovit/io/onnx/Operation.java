package org.tornadovit.io.onnx;

import java.util.List;

/**
 * A step of a graph.
 *
 * @param name its name; outputs are called after it
 * @param type name of ONNX's operation, such as {@code MatMul}
 * @param inputs values it reads
 * @param outputs values it makes
 * @param attributes its settings
 */
public record Operation(
        String name,
        String type,
        List<String> inputs,
        List<String> outputs,
        List<Attribute> attributes) {

    /** Copies the lists. */
    public Operation {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = List.copyOf(attributes);
    }

    /** {@return the message {@code NodeProto}} */
    Message message() {
        Message message = new Message();
        inputs.forEach(input -> message.text(1, input));
        outputs.forEach(output -> message.text(2, output));
        message.text(3, name).text(4, type);
        attributes.forEach(attribute -> message.message(5, attribute.message()));
        return message;
    }
}
