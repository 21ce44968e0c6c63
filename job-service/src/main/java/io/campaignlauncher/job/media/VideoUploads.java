package io.campaignlauncher.job.media;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.MediaAnswer;
import io.campaignlauncher.graph.MediaResult;
import io.campaignlauncher.graph.StartedVideo;
import io.campaignlauncher.graph.UploadOffsets;
import io.campaignlauncher.graph.VideoStatus;
import io.campaignlauncher.job.media.MediaMeters.Outcome;
import io.campaignlauncher.job.media.MediaRefused.Why;
import io.campaignlauncher.job.media.MediaTable.NewMedia;
import io.campaignlauncher.job.media.model.FileName;
import io.campaignlauncher.job.media.model.MediaKey;
import io.campaignlauncher.job.media.model.MediaState;
import io.campaignlauncher.job.media.model.StoredMedia;
import io.campaignlauncher.job.model.MediaType;
import io.campaignlauncher.sendonce.OutgoingBody;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Videos on their way to ad accounts, in chunks that pass through. The row of a video says where its upload is; one request at a time works
 * on it, under a lease, whichever instance has it. It is Facebook that knows how many bytes it has: an answer that was lost is made up for by
 * the next one.
 */
public final class VideoUploads {

    /** Facebook's subcode: the upload was not finished in time. */
    private static final int TOO_LATE = 1363030;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int RENEWALS = 3;
    private static final String OVER = "The upload is over; begin it anew.";

    private final MediaGraph facebook;
    private final MediaTable table;
    private final UploadSettings settings;
    private final MediaMeters meters;

    VideoUploads(MediaGraph facebook, MediaTable table, UploadSettings settings, MediaMeters meters) {
        this.facebook = facebook;
        this.table = table;
        this.settings = settings;
        this.meters = meters;
    }

    /**
     * A video that is to be uploaded.
     *
     * @param name of its file; null: not said
     * @param file its name within an upload; null: in none
     */
    public record Order(MediaKey key, long bytes, @Nullable String name, @Nullable FileName file,
            String credentialId) {}

    /** @param started whether it was for this request */
    public record Begun(StoredMedia video, boolean started) {}

    /** What became of a chunk. */
    public sealed interface Sent {

        /** Where the video is now, whether Facebook took the chunk or wants to go on elsewhere. */
        record Passed(StoredMedia video) implements Sent {}

        /** Nothing was sent. @param why for people */
        record NotWanted(StoredMedia video, String why) implements Sent {}
    }

    /**
     * Has a video started, unless it was before.
     *
     * @param start what goes around a start, if there is one
     */
    public Mono<Begun> begin(Order order, AccessToken token, UnaryOperator<Mono<StoredMedia>> start) {
        return ask(() -> table.find(order.key()))
                .flatMap(known -> known.isPresent() ? settled(known.get(), token).then() : Mono.empty())
                .then(Mono.defer(() -> claimed(order, token, start)));
    }

    private Mono<Begun> claimed(Order order, AccessToken token, UnaryOperator<Mono<StoredMedia>> start) {
        var holder = UUID.randomUUID();
        var media = new NewMedia(order.key(), order.bytes(), order.name(), order.file(), order.credentialId());
        return ask(() -> table.claimStart(media, holder)).flatMap(noted -> switch (noted) {
            case NAME_TAKEN -> Mono.error(new MediaRefused(Why.NAME_TAKEN,
                    "Within this upload the name stands for another content."));
            case DONE -> start.apply(toItsEnd(started(order, token, holder)))
                    .onErrorResume(e -> ask(() -> {
                        table.release(order.key(), holder);
                        return order;
                    }).then(Mono.error(e)))
                    .map(video -> new Begun(video, true));
            case KNOWN -> row(order.key()).flatMap(video -> known(order, video));
        });
    }

    private static Mono<Begun> known(Order order, StoredMedia video) {
        if (video.bytes() != order.bytes()) {
            return Mono.error(new MediaRefused(Why.OTHER_LENGTH,
                    "This sha256 was given for a video of " + video.bytes() + " bytes."));
        }
        return video.state() == MediaState.STARTING ? Mono.error(notNow("The video is just being started.", SOON))
                : Mono.just(new Begun(video, false));
    }

    private Mono<StoredMedia> started(Order order, AccessToken token, UUID holder) {
        var key = order.key();
        return facebook.videos().start(token, key.adAccountId(), order.bytes())
                .flatMap(answer -> switch (answer.result()) {
                    case MediaResult.Success<StartedVideo>(var video) -> counted(Outcome.OK)
                            .then(ask(() -> table.started(key, holder, video))).then(row(key));
                    case MediaResult.Failure<StartedVideo>(var error) -> counted(Outcome.of(error))
                            .then(isRefusal(error) ? done(() -> table.forgetStart(key, holder)) : Mono.empty())
                            .then(Mono.error(refused(error)));
                });
    }

    /**
     * Passes a chunk on, as it comes.
     *
     * @param length of the content, as it was announced
     * @return fails with a {@link MediaRefused}: there is no such video, the content broke off, or Facebook gave no good answer
     */
    public Mono<Sent> chunk(MediaKey key, String credentialId, AccessToken token, long offset, long length,
            Publisher<DataBuffer> content) {
        var holder = UUID.randomUUID();
        return Mono.usingWhen(claim(key, holder, credentialId, offset, length),
                video -> renewing(key, holder, passed(video, holder, token, offset, length, content)),
                _ -> done(() -> table.release(key, holder)))
                .flatMap(video -> finished(video, token))
                .map(VideoUploads::sent)
                .switchIfEmpty(Mono.defer(() -> notWanted(key, token, offset)));
    }

    /** Where whoever asked for it leaves meanwhile, it is given back as soon as it was had. */
    private Mono<StoredMedia> claim(MediaKey key, UUID holder, String credentialId, long offset, long length) {
        return Mono.defer(() -> {
            var claim = ask(() -> table.claimChunk(key, holder, credentialId, offset, length)).toFuture();
            return Mono.fromFuture(claim, true)
                    .doOnCancel(() -> claim.thenRun(
                            () -> done(() -> table.release(key, holder)).onErrorComplete().subscribe()))
                    .flatMap(Mono::justOrEmpty);
        });
    }

    private static Sent sent(StoredMedia video) {
        return video.state().isOver() ? new Sent.NotWanted(video, OVER) : new Sent.Passed(video);
    }

    private Mono<StoredMedia> passed(StoredMedia video, UUID holder, AccessToken token, long offset, long length,
            Publisher<DataBuffer> content) {
        var key = video.key();
        var came = new AtomicLong();
        var counting = Flux.from(content).doOnNext(buffer -> came.addAndGet(buffer.readableByteCount()));
        return facebook.videos().transfer(token, key.adAccountId(), session(video), offset,
                new OutgoingBody(length, counting))
                .flatMap(answer -> switch (answer.result()) {
                    case MediaResult.Success<UploadOffsets>(var next) -> taken(key, holder, offset, next);
                    case MediaResult.Failure<UploadOffsets>(var error) -> notTaken(video, token, error,
                            error.httpStatus() == 0 && came.get() < length);
                });
    }

    private Mono<StoredMedia> taken(MediaKey key, UUID holder, long offset, UploadOffsets next) {
        meters.passed(MediaType.VIDEO, Math.max(0, next.start() - offset));
        return counted(Outcome.OK).then(done(() -> table.wanted(key, holder, next))).then(row(key));
    }

    /** Where the upload is over, that is found out and kept, so that it can be started anew. */
    private Mono<StoredMedia> notTaken(StoredMedia video, AccessToken token, GraphError error, boolean brokenOff) {
        if (brokenOff) {
            return counted(Outcome.BROKEN_OFF)
                    .then(Mono.error(new MediaRefused(Why.BROKEN_OFF, "The chunk ended before its length.")));
        }
        return counted(Outcome.of(error)).then(isRefusal(error)
                ? isTooLate(error) ? noted(video, MediaState.EXPIRED, null) : looked(video, token)
                : Mono.<StoredMedia>empty())
                .filter(now -> now.state().isOver()).switchIfEmpty(Mono.error(refused(error)));
    }

    private static boolean isTooLate(GraphError error) {
        return Integer.valueOf(TOO_LATE).equals(error.subcode());
    }

    /** What a chunk comes to that the row does not wait for. */
    private Mono<Sent> notWanted(MediaKey key, AccessToken token, long offset) {
        return row(key).flatMap(video -> settled(video, token)).flatMap(video -> switch (video.state()) {
            case STARTING -> Mono.error(notNow("The video is just being started.", SOON));
            case FINISHING -> Mono.error(notNow("Facebook was not heard to say that it has the whole video.", SOON));
            case UPLOADING -> Mono.just(new Sent.NotWanted(video, video.wantedFrom() == offset
                    ? "Another chunk is on its way, or this one is larger than what is wanted."
                    : "The video goes on at byte " + video.wantedFrom() + "."));
            case PROCESSING, READY -> Mono.just(new Sent.Passed(video));
            case ERROR, EXPIRED -> Mono.just(new Sent.NotWanted(video, OVER));
        });
    }

    /** Where a video is. @param tokens by the id of the credential; empty: Facebook cannot be asked */
    public Mono<StoredMedia> where(MediaKey key, Function<String, Optional<AccessToken>> tokens) {
        return row(key).flatMap(video -> {
            var token = video.state() == MediaState.READY ? Optional.<AccessToken>empty()
                    : tokens.apply(video.credentialId());
            return token.isPresent() ? settled(video, token.get()) : Mono.just(video);
        });
    }

    /** As it is once Facebook was asked, if it is Facebook's turn and nobody has asked just now. */
    private Mono<StoredMedia> settled(StoredMedia video, AccessToken token) {
        if (!video.state().isFacebooksTurn()) {
            return Mono.just(video);
        }
        return ask(() -> table.claimLook(video.key(), settings.lookEvery()))
                .flatMap(mine -> mine ? looked(video, token) : row(video.key()));
    }

    /** Asks Facebook, and tells it once more that it has every byte where it does not know. */
    private Mono<StoredMedia> looked(StoredMedia video, AccessToken token) {
        return facebook.videos().status(token, id(video)).flatMap(answer -> {
            var look = look(answer);
            if (look == null) {
                return Mono.just(video);
            }
            var state = video.state().seen(look);
            var why = answer.result() instanceof MediaResult.Success<VideoStatus>(var status) ? status.why() : "";
            return noted(video, state, why.isEmpty() ? null : why)
                    .flatMap(now -> now.state() == MediaState.FINISHING ? told(now, token) : Mono.just(now));
        });
    }

    private static MediaState.@Nullable Look look(MediaAnswer<VideoStatus> answer) {
        return switch (answer.result()) {
            case MediaResult.Failure<VideoStatus>(var error) ->
                error.objectMissing() ? MediaState.Look.GONE : null;
            case MediaResult.Success<VideoStatus>(var status) -> switch (status.state()) {
                case PROCESSING -> status.uploaded() ? MediaState.Look.PROCESSING : MediaState.Look.UNFINISHED;
                case READY -> MediaState.Look.READY;
                case ERROR -> MediaState.Look.ERROR;
                case EXPIRED -> MediaState.Look.GONE;
                case OTHER -> null;
            };
        };
    }

    /** Ends the upload where Facebook has every byte. */
    private Mono<StoredMedia> finished(StoredMedia video, AccessToken token) {
        return video.state() == MediaState.FINISHING
                ? toItsEnd(told(video, token).flatMap(now -> now.state() == MediaState.FINISHING
                        ? looked(now, token) : Mono.just(now)))
                        .flatMap(now -> now.state() == MediaState.FINISHING
                                ? Mono.error(notNow("Facebook has the whole video, and was not heard to say so.", SOON))
                                : Mono.just(now))
                : Mono.just(video);
    }

    /** The title says whose content it is, so that what nobody knows any more can be found. */
    private Mono<StoredMedia> told(StoredMedia video, AccessToken token) {
        var key = video.key();
        return facebook.videos().finish(token, key.adAccountId(), session(video), FileName.BY_CONTENT + key.sha256())
                .flatMap(answer -> switch (answer.result()) {
                    case MediaResult.Success<Boolean> _ -> counted(Outcome.OK)
                            .then(noted(video, MediaState.PROCESSING, null));
                    case MediaResult.Failure<Boolean>(var error) -> counted(Outcome.of(error))
                            .then(isTooLate(error) ? noted(video, MediaState.EXPIRED, null) : Mono.just(video));
                });
    }

    private Mono<StoredMedia> noted(StoredMedia video, MediaState state, @Nullable String problem) {
        return done(() -> table.state(video.key(), id(video), state, problem)).then(row(video.key()));
    }

    /** While the work goes on nobody else takes it up. */
    private <T> Mono<T> renewing(MediaKey key, UUID holder, Mono<T> work) {
        return Mono.using(() -> renewals(key, holder), _ -> work, Disposable::dispose);
    }

    private Disposable renewals(MediaKey key, UUID holder) {
        return Flux.interval(settings.lease().dividedBy(RENEWALS), Schedulers.boundedElastic())
                .onBackpressureDrop()
                .concatMap(_ -> done(() -> table.renew(key, holder)).onErrorComplete(), 0)
                .subscribe();
    }

    private Mono<StoredMedia> row(MediaKey key) {
        return ask(() -> table.find(key).orElseThrow(() -> new MediaRefused(Why.NOT_THERE,
                "No video of this ad account has this sha256.")));
    }

    private Mono<Void> counted(Outcome outcome) {
        return Mono.fromRunnable(() -> meters.count(MediaType.VIDEO, outcome));
    }

    private static boolean isRefusal(GraphError error) {
        return error.kind() == GraphError.Kind.PERMANENT && !error.outcomeUnknown();
    }

    private static MediaRefused refused(GraphError error) {
        return isRefusal(error) ? new MediaRefused(Why.REFUSED_BY_FACEBOOK, error.message())
                : notNow(error.message(), error.waitFor() == null ? SOON : error.waitFor());
    }

    private static MediaRefused notNow(String sentence, Duration retryAfter) {
        return new MediaRefused(Why.NOT_NOW, sentence, retryAfter);
    }

    private static String session(StoredMedia video) {
        return Objects.requireNonNull(video.sessionId(), "a video whose upload has no session");
    }

    private static String id(StoredMedia video) {
        return Objects.requireNonNull(video.facebookId(), "a video without an id");
    }

    /** Goes on when whoever asked for it has left: its answer is not to be had again. */
    private static <T> Mono<T> toItsEnd(Mono<T> work) {
        return Mono.deferContextual(context -> Mono.fromFuture(work.contextWrite(context).toFuture(), true));
    }

    private static <T> Mono<T> ask(Callable<T> table) {
        return Mono.fromCallable(table).subscribeOn(Schedulers.boundedElastic());
    }

    private static Mono<Void> done(Runnable change) {
        return Mono.<Void>fromRunnable(change).subscribeOn(Schedulers.boundedElastic());
    }
}
