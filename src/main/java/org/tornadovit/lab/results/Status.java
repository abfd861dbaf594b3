package org.tornadovit.lab.results;

/** What a row is worth. */
public enum Status {
    /** Measured, in agreement with the reference, below the ceiling. */
    OK("ok"),
    /** As ok, but the repetitions scatter more than the experiment allows. */
    UNSTABLE("unstable"),
    /** As ok, but given up before there were the passes that the experiment asks for. */
    TOO_FEW("too few repetitions"),
    /** Measured, but contradicted by parity, the ceiling or the count of MACs. */
    REJECTED("rejected"),
    /** Not measured. */
    FAILED("failed");

    private final String key;

    Status(String key) {
        this.key = key;
    }

    /** {@return the word in files} */
    public String key() {
        return key;
    }

    /** {@return whether the run's exit code tells of it} */
    public boolean isFailure() {
        return this == REJECTED || this == FAILED;
    }

    static Status of(String key) {
        for (Status status : values()) {
            if (status.key.equals(key)) {
                return status;
            }
        }
        throw new IllegalArgumentException("unknown status '" + key + "'");
    }
}
