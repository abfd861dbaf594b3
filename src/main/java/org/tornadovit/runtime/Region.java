package org.tornadovit.runtime;

import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * A part of another graph's array that stands for an array of this graph.
 *
 * @param target this graph's array
 * @param source the other graph's array
 * @param offset the first element of the part
 * @param graph the other graph
 */
record Region(Object target, Object source, long offset, GraphRuntime graph) {
    /** Checks that the part lies in the other array. */
    Region {
        HostArray to = HostArray.of(target);
        HostArray from = HostArray.of(source);
        if (to.element() != from.element()) {
            throw new TornadoRuntimeException(
                    "mapOnDeviceMemoryRegion: an array of "
                            + to.element()
                            + " cannot stand for a part of an array of "
                            + from.element());
        }
        if (offset < 0 || offset + to.length() > from.length()) {
            throw new TornadoRuntimeException(
                    "mapOnDeviceMemoryRegion: "
                            + to.length()
                            + " elements from "
                            + offset
                            + " do not lie in an array of "
                            + from.length());
        }
    }

    long offsetBytes() {
        return offset * HostArray.of(source).element().bytes();
    }
}
