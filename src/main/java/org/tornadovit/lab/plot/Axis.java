package org.tornadovit.lab.plot;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.lab.results.Plain;

/**
 * A range of values laid on a range of pixels.
 *
 * @param low least value shown
 * @param high greatest value shown
 * @param from pixel of {@code low}
 * @param to pixel of {@code high}
 * @param scale how values between are laid
 */
record Axis(double low, double high, double from, double to, Scale scale) {
    /** How values are laid along an axis. */
    enum Scale {
        LINEAR,
        LOGARITHMIC
    }

    private static final double[] STEPS = {1, 2, 5, 10};

    /** An axis with room around positive values. */
    static Axis logarithmic(double least, double greatest, double from, double to) {
        double room = Math.max(Math.pow(greatest / least, 0.12), 1.25);
        return new Axis(least / room, greatest * room, from, to, Scale.LOGARITHMIC);
    }

    /** An axis with room around values. */
    static Axis linear(double least, double greatest, double from, double to) {
        double room = Math.max((greatest - least) * 0.08, 0.005);
        return new Axis(least - room, greatest + room, from, to, Scale.LINEAR);
    }

    /** An axis of exactly these ends. */
    static Axis exact(double low, double high, double from, double to) {
        return new Axis(low, high > low ? high : low + 1, from, to, Scale.LINEAR);
    }

    /** {@return the pixel of a value} */
    double pixel(double value) {
        double share =
                switch (scale) {
                    case LINEAR -> (value - low) / (high - low);
                    case LOGARITHMIC -> Math.log(value / low) / Math.log(high / low);
                };
        return from + share * (to - from);
    }

    /** {@return round values inside the axis, few enough to be labelled} */
    List<Double> ticks() {
        return switch (scale) {
            case LINEAR -> linearTicks();
            case LOGARITHMIC -> {
                List<Double> ticks = new ArrayList<>();
                for (int decade = (int) Math.floor(Math.log10(low));
                        decade <= Math.log10(high);
                        decade++) {
                    for (double step : new double[] {1, 2, 5}) {
                        addInside(ticks, step * Math.pow(10, decade));
                    }
                }
                yield ticks.size() < 2 ? linearTicks() : ticks;
            }
        };
    }

    private List<Double> linearTicks() {
        double raw = (high - low) / 6;
        double decade = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = decade;
        for (double candidate : STEPS) {
            if (candidate * decade >= raw) {
                step = candidate * decade;
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
            addInside(ticks, i * step);
        }
        return ticks;
    }

    private void addInside(List<Double> ticks, double value) {
        if (value >= low && value <= high) {
            ticks.add(value);
        }
    }

    static String text(double tick) {
        return Plain.brief(tick);
    }
}
