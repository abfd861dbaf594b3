package org.tornadovit.bench;

/** A peer failed, or disagrees. */
final class PeerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PeerException(String message) {
        super(message);
    }

    PeerException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
