package org.tornadovit.nn;

import java.util.List;
import org.tornadovit.io.onnx.Attribute;
import org.tornadovit.io.onnx.OnnxGraph;

/**
 * Between a map of tokens and its windows, as ONNX operations: what {@link Windows} does. Maps are
 * float32 [batch, side, side, dim].
 */
final class OnnxWindows {
    private OnnxWindows() {}

    /** {@return the map with zeros after it, up to {@code padded} rows and columns} */
    static String pad(OnnxLayers layers, String name, String map, int side, int padded) {
        if (padded == side) {
            return map;
        }
        long after = (long) padded - side;
        String pads = layers.graph().wholes(name + ".pads", 0, 0, 0, 0, 0, after, after, 0);
        return layers.graph().add("Pad", name, List.of(map, pads));
    }

    /** {@return the first {@code side} rows and columns of the map} */
    static String crop(OnnxLayers layers, String name, String map, int side, int padded) {
        if (padded == side) {
            return map;
        }
        OnnxGraph graph = layers.graph();
        String starts = graph.wholes("crop.starts", 0, 0);
        String ends = graph.wholes("crop.ends." + side, side, side);
        String axes = graph.wholes("crop.axes", 1, 2);
        return graph.add("Slice", name, List.of(map, starts, ends, axes));
    }

    /** {@return the map rolled by {@code shift} rows and columns towards the origin} */
    static String roll(OnnxLayers layers, String name, String map, int shift) {
        return shift == 0
                ? map
                : roll(layers, name, roll(layers, name + ".rows", map, shift, 1), shift, 2);
    }

    private static String roll(OnnxLayers layers, String name, String map, int shift, long axis) {
        OnnxGraph graph = layers.graph();
        String at = graph.wholes("roll.at." + shift, shift);
        String start = graph.wholes("roll.start", 0);
        String end = graph.wholes("roll.end", Long.MAX_VALUE);
        String axes = graph.wholes("roll.axis." + axis, axis);
        String first = graph.add("Slice", name + ".first", List.of(map, start, at, axes));
        String rest = graph.add("Slice", name + ".rest", List.of(map, at, end, axes));
        return graph.add("Concat", name, List.of(rest, first), Attribute.of("axis", axis));
    }

    /** {@return the windows of the map, float32 [batch · windows, window · window, dim]} */
    static String cut(OnnxLayers layers, String name, String map, int across, int window, int dim) {
        String rows = layers.reshape(name + ".split", map, 0, across, window, across, window, dim);
        String squares = layers.transpose(name + ".squares", rows, 0L, 1L, 3L, 2L, 4L, 5L);
        return layers.reshape(name, squares, -1, (long) window * window, dim);
    }

    /** {@return the map that {@code windows} were cut from} */
    static String join(
            OnnxLayers layers, String name, String windows, int across, int window, int dim) {
        String split =
                layers.reshape(name + ".split", windows, -1, across, across, window, window, dim);
        String rows = layers.transpose(name + ".rows", split, 0L, 1L, 3L, 2L, 4L, 5L);
        long side = (long) across * window;
        return layers.reshape(name, rows, -1, side, side, dim);
    }
}
