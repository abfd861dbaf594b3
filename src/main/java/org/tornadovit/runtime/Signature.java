package org.tornadovit.runtime;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tornadovit.device.Code;

/**
 * What the head of a kernel in OpenCL C or PTX says of its parameters.
 *
 * @param parameters the text between the parentheses
 */
record Signature(String parameters) {
    /** {@return the signature of the entry of source text, or nothing when it has no such entry} */
    static Optional<Signature> of(Code.Text code) {
        String text = code.text().replaceAll("(?s)/\\*.*?\\*/|//[^\\n]*", " ");
        Matcher head =
                Pattern.compile("\\b" + Pattern.quote(code.entry()) + "\\s*\\(([^)]*)\\)")
                        .matcher(text);
        return head.find() ? Optional.of(new Signature(head.group(1))) : Optional.empty();
    }

    /** {@return whether the kernel was written by TornadoVM's own code generator} */
    boolean isGenerated() {
        return parameters.contains("_kernel_context");
    }
}
