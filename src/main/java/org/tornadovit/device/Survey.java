package org.tornadovit.device;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Gathers what drivers offer, one question after the other: a driver that fails is left out and
 * hides nothing of the others.
 *
 * @param <T> what is gathered
 */
public final class Survey<T> {
    private final List<T> found = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /**
     * Adds what one driver or device offers.
     *
     * @param whom who is asked, as in {@code OpenCL platform 0}
     */
    public void ask(String whom, Supplier<List<T>> question) {
        try {
            found.addAll(question.get());
        } catch (DeviceException e) {
            failures.add(whom + " is left out, for it fails (" + sentence(e) + ")");
        }
    }

    private static String sentence(DeviceException failure) {
        String text = String.valueOf(failure.getMessage());
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** {@return what was offered, in the order of the questions} */
    public List<T> found() {
        return List.copyOf(found);
    }

    /** {@return a survey that asks each of those found for more} */
    public <R> Survey<R> then(
            Function<? super T, String> name, Function<? super T, List<R>> question) {
        Survey<R> next = new Survey<>();
        next.failures.addAll(failures);
        found.forEach(one -> next.ask(name.apply(one), () -> question.apply(one)));
        return next;
    }

    /** {@return one sentence about those that fail, or {@code otherwise} when none does} */
    public String reason(String otherwise) {
        return failures.isEmpty()
                ? otherwise
                : String.join(", ", failures) + "; repair or remove that driver.";
    }
}
