package io.campaignlauncher.posting.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.posting.model.PostChange;
import io.campaignlauncher.posting.model.PostView;
import io.campaignlauncher.posting.model.PostingCommand;
import io.campaignlauncher.posting.model.TelegramPostingSettings;
import io.campaignlauncher.posting.store.MemoryPostStore;
import io.campaignlauncher.posting.store.PostStore;
import io.campaignlauncher.posting.telegram.PostingTime;
import io.campaignlauncher.posting.telegram.PostingWorker;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PublishPost;
import io.campaignlauncher.schemas.TelegramPost;
import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.telegram.HttpTelegram;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class PostingCommandsTest {

    private static final UUID JOB = UUID.randomUUID();

    private final MemoryPostStore tables = new MemoryPostStore(Clock.systemUTC(),
            TelegramPostingSettings.defaults().attemptMax());
    private @Nullable RuntimeException failure = new DataAccessResourceFailureException("away");

    @Test
    void a_command_waits_for_its_store_however_long_that_is_away() {
        StepVerifier.withVirtualTime(() -> commands().handle(received()))
                .expectSubscription()
                .expectNoEvent(Duration.ofMinutes(10))
                .then(() -> failure = null)
                .thenAwait(Duration.ofMinutes(1))
                .verifyComplete();

        assertThat(tables.job(JOB)).isNotNull();
    }

    @Test
    void a_command_that_the_store_can_never_take_is_given_up() {
        failure = new DataIntegrityViolationException("no such text");

        StepVerifier.withVirtualTime(() -> commands().handle(received()))
                .verifyError(DataIntegrityViolationException.class);
    }

    private PostingCommands commands() {
        var telegram = new HttpTelegram(_ -> Mono.just(new HttpAnswer(500, Map.of(), new byte[0])), 1,
                Duration.ofSeconds(1), null);
        return new PostingCommands(new PostingWorker(telegram, 1, new FailingStore(), (_, _) -> Mono.empty(),
                () -> Mono.just(true), PostingTime.system(), TelegramPostingSettings.defaults(), "w"),
                "go.example.com");
    }

    private static LaunchRecords.Received received() {
        var message = PublishPost.newBuilder().setPostJobId(JOB.toString()).setTargetId(UUID.randomUUID().toString())
                .setChatId(-1_001_000_000_001L).setPost(TelegramPost.newBuilder().setText("Buy a lamp").build())
                .setNotAfter(Instant.parse("2026-01-02T00:00:00Z")).setTenant("acme").setOwner("ann").build();
        return new LaunchRecords.Received(Envelope.of("1", "PublishPost", "/moderation-service", JOB.toString(),
                Instant.EPOCH), message);
    }

    /** Fails as long as there is a failure. */
    private final class FailingStore implements PostStore {

        @Override
        public Mono<Accepted> accept(PostingCommand command) {
            return Mono.defer(() -> failure == null ? tables.accept(command) : Mono.error(failure));
        }

        @Override
        public Mono<Claim> claim(String owner, Duration lease) {
            return tables.claim(owner, lease);
        }

        @Override
        public Mono<PostView> change(Claim claim, Duration lease, Function<PostView, PostChange> rule) {
            return tables.change(claim, lease, rule);
        }

        @Override
        public Mono<Boolean> holds(Claim claim) {
            return tables.holds(claim);
        }

        @Override
        public Mono<Void> release(Claim claim, @Nullable Instant until) {
            return tables.release(claim, until);
        }

        @Override
        public Mono<Void> postpone(Claim claim, Duration pause) {
            return tables.postpone(claim, pause);
        }
    }
}
