package io.campaignlauncher.job.media;

import io.campaignlauncher.graph.GraphImages;
import io.campaignlauncher.graph.GraphSettings;
import io.campaignlauncher.graph.GraphVideos;
import io.campaignlauncher.graph.HttpGraph;
import io.campaignlauncher.graph.MediaSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Uploads as one instance of the service has them, for tests. */
public final class TestMedia implements AutoCloseable {

    public final UploadSettings settings;
    public final ImageUploads images;
    public final VideoUploads videos;
    public final MediaFiles files;
    public final OldMedia old;
    public final MeterRegistry meters = new SimpleMeterRegistry();
    private final HttpGraph graph;

    private TestMedia(DataSource dataSource, URI facebook, UploadSettings settings, Duration answerWithin) {
        var configuration = new MediaConfiguration();
        this.settings = settings;
        graph = graph(facebook, answerWithin);
        var bounds = new MediaSettings(MediaSettings.DEFAULTS.imageBytesMax(), MediaSettings.DEFAULTS.chunkBytesMax(),
                answerWithin);
        var media = new MediaGraph(new GraphImages(graph, bounds), new GraphVideos(graph, graph, bounds));
        var table = configuration.mediaTable(dataSource, new JdbcTransactionManager(dataSource), settings);
        var mediaMeters = configuration.mediaMeters(meters);
        files = configuration.mediaFiles(dataSource, table);
        images = configuration.imageUploads(media, table, settings, mediaMeters);
        videos = configuration.videoUploads(media, table, settings, mediaMeters);
        old = configuration.oldMedia(dataSource, settings);
    }

    /** With a Facebook that nobody reaches. */
    public static TestMedia on(DataSource dataSource) {
        return new TestMedia(dataSource, URI.create("http://127.0.0.1:1"), settings("", 4, 4), Duration.ofSeconds(1));
    }

    /** @param answerWithin what Facebook does not answer so soon is given up, of a file too */
    public static TestMedia on(DataSource dataSource, URI facebook, UploadSettings settings, Duration answerWithin) {
        return new TestMedia(dataSource, facebook, settings, answerWithin);
    }

    /** Quick ones. */
    public static UploadSettings settings(String folder, int imagesAtOnce, int videosAtOnce) {
        return new UploadSettings(imagesAtOnce, videosAtOnce, folder, 3, Duration.ofMillis(5), Duration.ofSeconds(2),
                Duration.ofMillis(1), Duration.ofDays(90), Duration.ofDays(30));
    }

    private static HttpGraph graph(URI address, Duration answerWithin) {
        var defaults = GraphSettings.towards(address);
        return HttpGraph.over(new GraphSettings(address, defaults.apiVersion(), answerWithin,
                defaults.connectTimeout(), defaults.connectionsMax(), defaults.pendingMax()), null);
    }

    @Override
    public void close() {
        graph.close();
    }
}
