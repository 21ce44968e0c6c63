package io.campaignlauncher.graph;

import io.campaignlauncher.sendonce.OutgoingBody;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;

/**
 * Images of ad accounts. Every method sends one request when subscribed, alone and never in a batch, where Facebook
 * refuses images.
 *
 * <p>An upload without an answer may be sent again: equal bytes have been seen to get an equal hash, and a picture too
 * many in an account is in no ad. No sentence of Facebook's promises the equal hash, so {@link #lookUp} tells whether
 * the account has it.
 */
public final class GraphImages {

    /** Facebook's bound. */
    public static final int NAME_LENGTH_MAX = 100;
    public static final int LOOKED_UP_MAX = 50;

    private static final String EDGE = "adimages";
    private static final String FILE_FIELD = "filename";

    private final Graph graph;
    private final MediaSettings settings;

    public GraphImages(Graph graph, MediaSettings settings) {
        this.graph = graph;
        this.settings = settings;
    }

    /**
     * @param name  up to {@link #NAME_LENGTH_MAX} characters
     * @param type  e.g. {@code image/png}
     * @param image passes through, and is asked for once
     */
    public Mono<MediaAnswer<AdImage>> upload(AccessToken token, String adAccountId, String name, MediaType type,
            OutgoingBody image) {
        if (name.isBlank() || name.length() > NAME_LENGTH_MAX) {
            throw new IllegalArgumentException("the name of an image has 1 to " + NAME_LENGTH_MAX + " characters");
        }
        if (image.length() > settings.imageBytesMax()) {
            throw new IllegalArgumentException(
                    "an image has at most " + settings.imageBytesMax() + " bytes, not " + image.length());
        }
        return graph.within(settings.uploadTimeout())
                .upload(token, MediaPaths.ofAccount(adAccountId, EDGE), Map.of(),
                        new GraphFile(FILE_FIELD, name, type, image))
                .map(GraphImages::uploaded);
    }

    /** Brings an image of another account into this one, without its bytes. */
    public Mono<MediaAnswer<AdImage>> copy(AccessToken token, String adAccountId, String sourceAdAccountId,
            String hash) {
        var source = Json.MAPPER.createObjectNode()
                .put("source_account_id", MediaPaths.digits(sourceAdAccountId)).put("hash", hash);
        return graph.post(token, MediaPaths.ofAccount(adAccountId, EDGE), Map.of("copy_from", source.toString()))
                .map(GraphImages::uploaded);
    }

    /** Those of these images that the account has. */
    public Mono<MediaAnswer<List<AdImage>>> lookUp(AccessToken token, String adAccountId, List<String> hashes) {
        if (hashes.isEmpty() || hashes.size() > LOOKED_UP_MAX) {
            throw new IllegalArgumentException("1 to " + LOOKED_UP_MAX + " images are looked up at once");
        }
        return graph.get(token, MediaPaths.ofAccount(adAccountId, EDGE), Map.of(
                "hashes", Json.MAPPER.writeValueAsString(hashes), "fields", AdImage.FIELDS,
                "limit", Integer.toString(hashes.size())))
                .map(answer -> MediaAnswer.of(answer, false, "a list of images", AdImage::listed));
    }

    /** The same read, for {@link GraphReads}; {@link AdImage#listed} reads its answer. */
    public static GraphOperation lookUp(String adAccountId, List<String> hashes) {
        return GraphOperation.get(MediaPaths.ofAccount(adAccountId, EDGE),
                Map.of("hashes", Json.MAPPER.writeValueAsString(hashes), "fields", AdImage.FIELDS));
    }

    /** The one image of an answer stands under the name of its file, which Facebook may have changed. */
    private static MediaAnswer<AdImage> uploaded(GraphAnswer answer) {
        return MediaAnswer.of(answer, true, "the hash of an image",
                body -> body.path("images").valueStream().findFirst().flatMap(AdImage::of));
    }
}
