package org.tornadovit.io.onnx;

import java.util.List;

/** A constant setting of an operation. */
public sealed interface Attribute {
    /** {@return the name that the operation gives it} */
    String name();

    /** {@return the message {@code AttributeProto}} */
    Message message();

    /** A whole number. */
    static Attribute of(String name, long value) {
        return new Whole(name, value);
    }

    /** Whole numbers. */
    static Attribute of(String name, List<Long> values) {
        return new Wholes(name, values);
    }

    /** A float. */
    static Attribute of(String name, float value) {
        return new Real(name, value);
    }

    /** A whole number. */
    record Whole(String name, long value) implements Attribute {
        @Override
        public Message message() {
            return new Message().text(1, name).integer(3, value).integer(20, 2);
        }
    }

    /** Whole numbers. */
    record Wholes(String name, List<Long> values) implements Attribute {
        /** Copies the values. */
        public Wholes {
            values = List.copyOf(values);
        }

        @Override
        public Message message() {
            Message message = new Message().text(1, name);
            values.forEach(value -> message.integer(8, value));
            return message.integer(20, 7);
        }
    }

    /** A float. */
    record Real(String name, float value) implements Attribute {
        @Override
        public Message message() {
            return new Message().text(1, name).number(2, value).integer(20, 1);
        }
    }
}
