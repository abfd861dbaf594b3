package uk.ac.manchester.tornado.api;

/** A frozen task graph, made by {@link TaskGraph#snapshot()}, to be run by a plan. */
public class ImmutableTaskGraph {
    private final TornadoTaskGraphInterface graph;

    ImmutableTaskGraph(TornadoTaskGraphInterface graph) {
        this.graph = graph;
    }

    /** {@return a copy of the frozen graph with a state of its own, for one plan} */
    TornadoTaskGraphInterface instantiate() {
        return graph.createImmutableTaskGraph();
    }

    @Override
    public String toString() {
        return graph.getTaskGraphName();
    }
}
