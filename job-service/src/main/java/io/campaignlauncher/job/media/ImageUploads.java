package io.campaignlauncher.job.media;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.AdImage;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.MediaResult;
import io.campaignlauncher.job.media.MediaMeters.Outcome;
import io.campaignlauncher.job.media.MediaRefused.Why;
import io.campaignlauncher.job.media.MediaTable.NewMedia;
import io.campaignlauncher.job.media.MediaTable.Noted;
import io.campaignlauncher.job.media.model.FileName;
import io.campaignlauncher.job.media.model.MediaKey;
import io.campaignlauncher.job.media.model.StoredMedia;
import io.campaignlauncher.job.model.MediaType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Images on their way to ad accounts. Each account is by itself: one that refuses, or has to be asked again, holds up no other. An upload
 * without an answer is sent again; who asks again makes no second picture that anybody must care about.
 */
public final class ImageUploads {

    private final MediaGraph facebook;
    private final MediaTable table;
    private final UploadSettings settings;
    private final MediaMeters meters;
    private final Path folder;

    ImageUploads(MediaGraph facebook, MediaTable table, UploadSettings settings, MediaMeters meters) {
        this.facebook = facebook;
        this.table = table;
        this.settings = settings;
        this.meters = meters;
        this.folder = Path.of(settings.folder().isBlank() ? System.getProperty("java.io.tmpdir") : settings.folder());
    }

    /**
     * What is to be done with an image.
     *
     * @param accounts with the token to use on each
     * @param name     of the file; null: not said
     * @param file     its name within an upload; null: in none
     */
    public record Order(String tenant, Map<String, AccessToken> accounts, String credentialId, @Nullable String name,
            @Nullable FileName file) {}

    /** What became of it in one account. */
    public sealed interface Result {

        String adAccountId();

        record There(String adAccountId, String hash) implements Result {}

        record Failed(String adAccountId, GraphError error) implements Result {}
    }

    /** An upload to one account that is to be tried again, perhaps. */
    private static final class NotNow extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient GraphError error;

        private NotNow(GraphError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }
    }

    /**
     * Receives an image and has it for as long as the work with it takes.
     *
     * @param length of the content, as it was announced
     * @return fails with a {@link MediaRefused} where it breaks off or is no image
     */
    public <T> Mono<T> receive(Publisher<DataBuffer> content, long length, Function<ReceivedImage, Mono<T>> work) {
        return Mono.usingWhen(ReceivedImage.of(content, length, folder), work,
                image -> Mono.fromRunnable(image::close));
    }

    /** @return one for each account, in their order; fails with a {@link MediaRefused} where its name is taken */
    public Mono<List<Result>> upload(ReceivedImage image, Order order) {
        return requireNameFree(image, order).thenMany(Flux.fromIterable(order.accounts().entrySet()))
                .flatMapSequential(account -> toAccount(image, order, account.getKey(), account.getValue()),
                        Math.max(1, order.accounts().size()))
                .collectList();
    }

    private Mono<Void> requireNameFree(ReceivedImage image, Order order) {
        var anyAccount = order.accounts().keySet().iterator().next();
        return ask(() -> table.isNameFree(key(image, order, anyAccount), order.file()))
                .flatMap(free -> free ? Mono.empty() : Mono.error(nameTaken()));
    }

    private Mono<Result> toAccount(ReceivedImage image, Order order, String adAccountId, AccessToken token) {
        return ask(() -> table.find(key(image, order, adAccountId)))
                .flatMap(known -> known.map(media -> stillThere(media, token)).orElse(Mono.just(false))
                        .flatMap(there -> there
                                ? noted(image, order, adAccountId, hash(known.orElseThrow()), false, Outcome.KNOWN)
                                : sent(image, order, adAccountId, token)
                                        .flatMap(hash -> noted(image, order, adAccountId, hash, known.isPresent(),
                                                Outcome.OK))))
                .onErrorResume(NotNow.class, e -> {
                    meters.count(MediaType.IMAGE, Outcome.of(e.error));
                    return Mono.just(new Result.Failed(adAccountId, e.error));
                });
    }

    /** Facebook is asked, because what it forgot would be believed for ever; what it does not tell is believed. */
    private Mono<Boolean> stillThere(StoredMedia media, AccessToken token) {
        return facebook.images().lookUp(token, media.key().adAccountId(), List.of(hash(media)))
                .map(answer -> !(answer.result() instanceof MediaResult.Success<List<AdImage>>(var found))
                        || !found.isEmpty());
    }

    private Mono<String> sent(ReceivedImage image, Order order, String adAccountId, AccessToken token) {
        var name = order.name() == null ? image.sha256() + "." + image.type().extension() : order.name();
        return Mono.defer(() -> facebook.images().upload(token, adAccountId, name,
                org.springframework.http.MediaType.parseMediaType(image.type().mimeType()), image.content()))
                .flatMap(answer -> switch (answer.result()) {
                    case MediaResult.Success<AdImage>(var made) -> Mono.just(made.hash());
                    case MediaResult.Failure<AdImage>(var error) -> Mono.error(new NotNow(error));
                })
                .retryWhen(Retry.backoff(settings.attempts() - 1L, settings.pause())
                        .filter(e -> e instanceof NotNow refused
                                && refused.error.kind() == GraphError.Kind.TEMPORARY)
                        .onRetryExhaustedThrow((_, signal) -> signal.failure()));
    }

    private Mono<Result> noted(ReceivedImage image, Order order, String adAccountId, String hash, boolean replaced,
            Outcome outcome) {
        var media = new NewMedia(key(image, order, adAccountId), image.bytes(), order.name(), order.file(),
                order.credentialId());
        return ask(() -> {
            if (table.image(media, hash, replaced) == Noted.NAME_TAKEN) {
                throw nameTaken();
            }
            return table.find(media.key()).map(ImageUploads::hash).orElse(hash);
        }).map(kept -> {
            meters.count(MediaType.IMAGE, outcome);
            if (outcome == Outcome.OK) {
                meters.passed(MediaType.IMAGE, image.bytes());
            }
            return new Result.There(adAccountId, kept);
        });
    }

    private static MediaKey key(ReceivedImage image, Order order, String adAccountId) {
        return new MediaKey(order.tenant(), adAccountId, image.sha256(), MediaType.IMAGE);
    }

    private static String hash(StoredMedia image) {
        return Objects.requireNonNull(image.facebookId(), "an image without a hash");
    }

    private static MediaRefused nameTaken() {
        return new MediaRefused(Why.NAME_TAKEN, "Within this upload the name stands for another content.");
    }

    private static <T> Mono<T> ask(Callable<T> table) {
        return Mono.fromCallable(table).subscribeOn(Schedulers.boundedElastic());
    }
}
