package org.tornadovit.runtime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says on standard error, once a process, what a user may take for something else. */
final class Notes {
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private Notes() {}

    static void once(String note) {
        if (SAID.add(note)) {
            System.err.println("tornado-vit: " + note);
        }
    }
}
