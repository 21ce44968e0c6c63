package io.campaignlauncher.job.media;

import io.campaignlauncher.graph.GraphImages;
import io.campaignlauncher.graph.GraphVideos;
import io.campaignlauncher.graph.HttpGraph;
import io.campaignlauncher.graph.MediaSettings;
import io.campaignlauncher.job.media.MediaRefused.Why;
import org.jspecify.annotations.Nullable;

/** Facebook over HTTP, where its address is known. */
final class ConnectedGraph implements MediaGraph, AutoCloseable {

    private final @Nullable HttpGraph graph;
    private final @Nullable HttpGraph uploads;

    /** @param graph null: its address is not set, and nothing can be asked @param uploads where videos are sent to */
    ConnectedGraph(@Nullable HttpGraph graph, @Nullable HttpGraph uploads) {
        this.graph = graph;
        this.uploads = uploads;
    }

    @Override
    public GraphImages images() {
        return new GraphImages(set(graph), MediaSettings.DEFAULTS);
    }

    @Override
    public GraphVideos videos() {
        return new GraphVideos(set(uploads), set(graph), MediaSettings.DEFAULTS);
    }

    private static HttpGraph set(@Nullable HttpGraph graph) {
        if (graph == null) {
            throw new MediaRefused(Why.NOT_NOW, "Facebook's address is not set here: graph.base-url.");
        }
        return graph;
    }

    @Override
    public void close() {
        if (graph != null) {
            graph.close();
        }
        if (uploads != null) {
            uploads.close();
        }
    }
}
