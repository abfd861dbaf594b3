package org.tornadovit.lab.training;

/**
 * Whether the results show what a claim says.
 *
 * @param claim what is claimed, in words
 * @param outcome whether it is shown
 * @param evidence the numbers, or why it is not shown
 */
public record Verdict(String claim, Outcome outcome, String evidence) {
    /** Whether a claim is shown. */
    public enum Outcome {
        /** The interval leaves no doubt at its level. */
        SHOWN("shown"),
        /** The data allow the opposite. */
        NOT_SHOWN("not shown"),
        /** The opposite is shown. */
        CONTRADICTED("contradicted");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        /** {@return the word in tables} */
        public String words() {
            return words;
        }
    }

    /** {@return the verdict as a sentence} */
    public String sentence() {
        return "%s: %s; %s.".formatted(claim, outcome.words(), evidence);
    }
}
