package io.campaignlauncher.graph;

/** Ends a {@link Graph#pages} stream. Carries no stack trace: the error is Facebook's. */
public final class GraphFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient GraphError error;

    public GraphFailed(GraphError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public GraphError error() {
        return error;
    }
}
