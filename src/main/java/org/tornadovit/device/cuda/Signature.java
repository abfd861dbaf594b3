package org.tornadovit.device.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tornadovit.device.DeviceException;

/**
 * The parameters of a kernel, as its text declares them; drivers before CUDA 12.4 do not tell.
 *
 * @param sizes bytes of each parameter
 */
record Signature(List<Integer> sizes) {
    private static final Pattern PARAMETER =
            Pattern.compile(
                    "\\.param\\s+(?:\\.align\\s+\\d+\\s+)?\\.[a-z](\\d+)\\b[^,\\[]*(?:\\[(\\d+)])?\\s*(?:,|$)");

    Signature {
        sizes = List.copyOf(sizes);
    }

    /**
     * {@return the parameters of a kernel}
     *
     * @throws DeviceException when the text has no kernel of that name
     */
    static Signature of(String text, String entry) {
        Matcher head =
                Pattern.compile("\\.entry\\s+" + Pattern.quote(entry) + "\\s*\\(([^)]*)\\)")
                        .matcher(text);
        if (!head.find()) {
            boolean isThere =
                    Pattern.compile("\\.entry\\s+" + Pattern.quote(entry) + "\\b")
                            .matcher(text)
                            .find();
            if (!isThere) {
                throw new DeviceException("The PTX has no kernel '" + entry + "'.");
            }
            return new Signature(List.of());
        }
        List<Integer> sizes = new ArrayList<>();
        Matcher parameter = PARAMETER.matcher(head.group(1).strip());
        while (parameter.find()) {
            int element = Integer.parseInt(parameter.group(1)) / Byte.SIZE;
            String count = parameter.group(2);
            sizes.add(count == null ? element : element * Integer.parseInt(count));
        }
        return new Signature(sizes);
    }
}
