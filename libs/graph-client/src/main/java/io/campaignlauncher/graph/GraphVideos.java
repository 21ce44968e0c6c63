package io.campaignlauncher.graph;

import io.campaignlauncher.sendonce.OutgoingBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;

/**
 * Videos of ad accounts, uploaded in chunks that pass through. Every method sends one request when subscribed.
 *
 * <p>Only {@link #start} makes something: another video with each call. Its answer names the video before Facebook has
 * a byte of it; one whose answer is lost stays in the account's library, in no ad. A chunk may be sent again, as
 * Facebook names the offset at which it wants to go on; a lost answer to {@link #finish} is settled by {@link #status}.
 */
public final class GraphVideos {

    private static final String EDGE = "advideos";
    private static final String PHASE = "upload_phase";
    private static final String SESSION = "upload_session_id";
    private static final String CHUNK_FIELD = "video_file_chunk";

    private final Graph uploads;
    private final Graph graph;
    private final MediaSettings settings;

    /**
     * @param uploads where videos are sent to: {@code https://graph-video.facebook.com}
     * @param graph   where they are asked for
     */
    public GraphVideos(Graph uploads, Graph graph, MediaSettings settings) {
        this.uploads = uploads;
        this.graph = graph;
        this.settings = settings;
    }

    /** @param bytes of the whole video */
    public Mono<MediaAnswer<StartedVideo>> start(AccessToken token, String adAccountId, long bytes) {
        return uploads.post(token, path(adAccountId), Map.of(PHASE, "start", "file_size", Long.toString(bytes)))
                .map(answer -> MediaAnswer.of(answer, true, "the id of a video", StartedVideo::of));
    }

    /**
     * Sends a chunk. The answer is what Facebook wants next, whether it took this chunk, a part of it or, as the
     * offset was not the one it waits for, nothing: who sends the same offset again and again makes no progress, and
     * has to stop.
     *
     * @param offset of the chunk's first byte in the video
     */
    public Mono<MediaAnswer<UploadOffsets>> transfer(AccessToken token, String adAccountId, String sessionId,
            long offset, OutgoingBody chunk) {
        if (chunk.length() > settings.chunkBytesMax()) {
            throw new IllegalArgumentException(
                    "a chunk has at most " + settings.chunkBytesMax() + " bytes, not " + chunk.length());
        }
        var fields = Map.of(PHASE, "transfer", SESSION, sessionId, "start_offset", Long.toString(offset));
        return uploads.within(settings.uploadTimeout())
                .upload(token, path(adAccountId), fields,
                        new GraphFile(CHUNK_FIELD, "chunk", MediaType.APPLICATION_OCTET_STREAM, chunk))
                .map(GraphVideos::wantedNext);
    }

    private static MediaAnswer<UploadOffsets> wantedNext(GraphAnswer answer) {
        return answer.result() instanceof GraphResult.Failure(var error) && error.wantedNext() != null
                ? new MediaAnswer<>(new MediaResult.Success<>(error.wantedNext()), answer.usage())
                : MediaAnswer.of(answer, true, "the offsets of the next chunk", UploadOffsets::of);
    }

    /**
     * Ends an upload of which Facebook has every byte; from then on it is encoded.
     *
     * @param title by which {@link #library} shows it
     */
    public Mono<MediaAnswer<Boolean>> finish(AccessToken token, String adAccountId, String sessionId, String title) {
        return uploads.post(token, path(adAccountId), Map.of(PHASE, "finish", SESSION, sessionId, "title", title))
                .map(answer -> MediaAnswer.of(answer, true, "success",
                        body -> Optional.of(body.path("success").asBoolean(false)).filter(done -> done)));
    }

    public Mono<MediaAnswer<VideoStatus>> status(AccessToken token, String videoId) {
        return graph.get(token, MediaPaths.id(videoId), Map.of("fields", VideoStatus.FIELD))
                .map(answer -> MediaAnswer.of(answer, false, "the status of a video", VideoStatus::of));
    }

    /** None until the video is ready. */
    public Mono<MediaAnswer<List<VideoThumbnail>>> thumbnails(AccessToken token, String videoId) {
        return graph
                .get(token, MediaPaths.id(videoId) + "/thumbnails", Map.of("fields", VideoThumbnail.FIELDS))
                .map(answer -> MediaAnswer.of(answer, false, "a list of thumbnails", VideoThumbnail::listed));
    }

    /** The read of {@link #status}, for {@link GraphReads}; {@link VideoStatus#of} reads its answer. */
    public static GraphOperation statusOf(String videoId) {
        return GraphOperation.get(MediaPaths.id(videoId), Map.of("fields", VideoStatus.FIELD));
    }

    /** The read of {@link #thumbnails}, for {@link GraphReads}; {@link VideoThumbnail#listed} reads its answer. */
    public static GraphOperation thumbnailsOf(String videoId) {
        return GraphOperation.get(MediaPaths.id(videoId) + "/thumbnails", Map.of("fields", VideoThumbnail.FIELDS));
    }

    /**
     * The read, for {@link GraphReads}, of all videos of an account with {@code id}, {@code title} and {@code status}.
     */
    public static GraphOperation library(String adAccountId) {
        return GraphOperation.get(path(adAccountId), Map.of("fields", "id,title,status"));
    }

    private static String path(String adAccountId) {
        return MediaPaths.ofAccount(adAccountId, EDGE);
    }
}
