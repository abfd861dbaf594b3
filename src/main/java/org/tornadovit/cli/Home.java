package org.tornadovit.cli;

import java.nio.file.Path;

/** Where the program lives: its tasks and results lie there. */
final class Home {
    private static final String PROPERTY = "tornadovit.home";

    private Home() {}

    /** {@return the folder that the launcher names, else the current one} */
    static Path path() {
        return Path.of(System.getProperty(PROPERTY, ""));
    }

    /** {@return a folder of the program, relative to the current one where that is shorter} */
    static Path path(String folder) {
        Path current = Path.of("").toAbsolutePath();
        Path absolute = path().toAbsolutePath().resolve(folder);
        return absolute.startsWith(current) ? current.relativize(absolute) : absolute;
    }
}
