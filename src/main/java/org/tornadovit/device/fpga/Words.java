package org.tornadovit.device.fpga;

import java.util.regex.Pattern;

/** Words of a shell. */
final class Words {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=+,@%-]+");

    private Words() {}

    /** {@return a word as a shell reads it} */
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
