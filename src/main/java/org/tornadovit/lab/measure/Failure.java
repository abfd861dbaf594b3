package org.tornadovit.lab.measure;

/** Failures as one sentence. */
public final class Failure {
    /** Messages of the API's exceptions are made for users. */
    private static final String API = "uk.ac.manchester.tornado.api.exceptions";

    private Failure() {}

    /**
     * Says what went wrong.
     *
     * @param failure what was thrown
     * @return its message on one line; its type too where the message was not made for users
     */
    public static String sentence(Throwable failure) {
        return switch (failure) {
            case OutOfMemoryError _ ->
                    "The Java heap is full (" + failure.getMessage() + "); raise it with -Xmx.";
            case StackOverflowError _ -> "The Java stack is full; raise it with -Xss.";
            default -> oneLine(failure);
        };
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName() + ".";
        }
        String text = message.strip().replaceAll("\\s*\\R\\s*", " ");
        boolean forUsers = isSentence(text) || failure.getClass().getPackageName().startsWith(API);
        String sentence = forUsers ? text : failure.getClass().getSimpleName() + ": " + text;
        return isSentence(sentence) ? sentence : sentence + ".";
    }

    private static boolean isSentence(String text) {
        return text.endsWith(".") || text.endsWith("?");
    }
}
