package io.campaignlauncher.accountcheck;

import io.campaignlauncher.accountcheck.model.Faults;
import io.campaignlauncher.accountcheck.model.MediaFacts;
import io.campaignlauncher.accountcheck.model.MediaFacts.Stage;
import io.campaignlauncher.accountcheck.model.MediaFacts.State;
import io.campaignlauncher.accountcheck.model.ReadResult;
import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.AdImage;
import io.campaignlauncher.graph.GraphImages;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.graph.GraphVideos;
import io.campaignlauncher.graph.VideoStatus;
import io.campaignlauncher.graph.VideoThumbnail;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.MediaFile;
import io.campaignlauncher.schemas.MediaType;
import io.campaignlauncher.schemas.PreVerificationRequested;
import io.campaignlauncher.worker.GraphFaults;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Reads whether images and videos are in the account and ready, in as few requests as it can. */
final class MediaReader {

    /** A command has room for these: see {@code job.model.MediaFile}. */
    private static final int THUMBNAIL_CHARACTERS_MAX = 1_000;

    private final GraphReads reads;
    private final Clock clock;

    MediaReader(GraphReads reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    /** Asks nothing where none are named. */
    Mono<MediaFacts> read(AccessToken token, PreVerificationRequested request) {
        if (request.getMedia().isEmpty()) {
            return Mono.just(MediaFacts.NONE);
        }
        var hashes = ids(request, MediaType.IMAGE);
        var videos = ids(request, MediaType.VIDEO);
        var operations = new ArrayList<GraphOperation>();
        var groups = IntStream.iterate(0, from -> from < hashes.size(), from -> from + GraphImages.LOOKED_UP_MAX)
                .mapToObj(from -> hashes.subList(from, Math.min(from + GraphImages.LOOKED_UP_MAX, hashes.size())))
                .toList();
        groups.forEach(group -> operations.add(GraphImages.lookUp(request.getAdAccountId(), group)));
        videos.forEach(video -> {
            operations.add(GraphVideos.statusOf(video));
            operations.add(GraphVideos.thumbnailsOf(video));
        });
        return reads.read(token, operations).map(answer -> {
            var now = clock.instant();
            var known = new HashMap<String, Answered>();
            for (int i = 0; i < groups.size(); i++) {
                known.putAll(images(groups.get(i), answer.results().get(i), now));
            }
            for (int i = 0; i < videos.size(); i++) {
                int at = groups.size() + 2 * i;
                known.put(videos.get(i), video(answer.results().get(at), answer.results().get(at + 1), now));
            }
            return new MediaFacts(request.getMedia().stream().map(file -> read(file, known)).toList(),
                    answer.httpCalls());
        });
    }

    /** @param thumbnail null: an image, or there is none yet */
    private record Answered(ReadResult<State> state, @Nullable String thumbnail) {

        Answered(Stage stage, String why) {
            this(new ReadResult.Known<>(new State(stage, why)), null);
        }

        Answered(GraphFault fault) {
            this(new ReadResult.Unreadable<>(fault), null);
        }
    }

    private static List<String> ids(PreVerificationRequested request, MediaType type) {
        return request.getMedia().stream().filter(file -> file.getType() == type).map(MediaFile::getFacebookId)
                .distinct().toList();
    }

    private static MediaFacts.Read read(MediaFile file, Map<String, Answered> known) {
        var answered = known.get(file.getFacebookId());
        return answered == null
                ? new MediaFacts.Read(file, unreadable("This version does not know what " + file.getReference()
                        + " is.").state())
                : new MediaFacts.Read(MediaFile.newBuilder(file).setThumbnailUrl(answered.thumbnail()).build(),
                        answered.state());
    }

    private static Map<String, Answered> images(List<String> hashes, GraphResult result, Instant now) {
        Function<String, Answered> each = switch (result) {
            case GraphResult.Success(var body) -> AdImage.listed(body)
                    .<Function<String, Answered>>map(MediaReader::image)
                    .orElse(_ -> unreadable("Facebook answered without a list of images."));
            case GraphResult.Failure(var error) -> _ -> new Answered(GraphFaults.of(error, now));
        };
        return hashes.stream().collect(Collectors.toMap(hash -> hash, each));
    }

    private static Function<String, Answered> image(List<AdImage> found) {
        var there = found.stream().map(AdImage::hash).collect(Collectors.toSet());
        return hash -> new Answered(there.contains(hash) ? Stage.READY : Stage.MISSING, "");
    }

    private static Answered video(GraphResult status, GraphResult thumbnails, Instant now) {
        return switch (status) {
            case GraphResult.Success(var body) -> VideoStatus.of(body).map(said -> video(said, thumbnails, now))
                    .orElseGet(() -> unreadable("Facebook answered without the status of a video."));
            case GraphResult.Failure(var error) when error.objectMissing() -> new Answered(Stage.MISSING,
                    error.message());
            case GraphResult.Failure(var error) -> new Answered(GraphFaults.of(error, now));
        };
    }

    private static Answered video(VideoStatus status, GraphResult thumbnails, Instant now) {
        return switch (status.state()) {
            case READY -> withThumbnail(thumbnails, now);
            case PROCESSING -> new Answered(status.uploaded() ? Stage.ENCODED : Stage.UPLOADED, status.why());
            case ERROR -> new Answered(Stage.BROKEN, status.why());
            case EXPIRED -> new Answered(Stage.MISSING, status.why());
            case OTHER -> unreadable("Facebook says of a video what this version does not know.");
        };
    }

    /** Facebook refuses a creative whose video has no still picture. */
    private static Answered withThumbnail(GraphResult thumbnails, Instant now) {
        return switch (thumbnails) {
            case GraphResult.Success(var body) -> VideoThumbnail.listed(body).map(MediaReader::withThumbnail)
                    .orElseGet(() -> unreadable("Facebook answered without a list of thumbnails."));
            case GraphResult.Failure(var error) -> new Answered(GraphFaults.of(error, now));
        };
    }

    private static Answered withThumbnail(List<VideoThumbnail> thumbnails) {
        var usable = thumbnails.stream().filter(each -> each.uri().length() <= THUMBNAIL_CHARACTERS_MAX).toList();
        return VideoThumbnail.best(usable)
                .map(best -> new Answered(new ReadResult.Known<>(new State(Stage.READY, "")), best.uri()))
                .orElseGet(() -> thumbnails.isEmpty() ? new Answered(Stage.ENCODED, "") : new Answered(Stage.BROKEN,
                        "the addresses of its thumbnails have more than " + THUMBNAIL_CHARACTERS_MAX + " characters"));
    }

    private static Answered unreadable(String message) {
        return new Answered(Faults.unreadable(message));
    }
}
