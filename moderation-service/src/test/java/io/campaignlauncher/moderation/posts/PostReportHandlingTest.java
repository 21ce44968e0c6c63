package io.campaignlauncher.moderation.posts;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.market.model.Decision;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PostOutcome;
import io.campaignlauncher.schemas.PostReported;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class PostReportHandlingTest {

    private static final UUID TARGET = UUID.randomUUID();

    private final List<MarketCommand> decided = new ArrayList<>();
    private boolean away;
    private boolean refused;
    private boolean awaited;

    @Test
    void a_report_waits_however_long_the_database_is_away() {
        away = true;

        StepVerifier.withVirtualTime(() -> handling().handle(lastLook()))
                .expectSubscription()
                .expectNoEvent(Duration.ofMinutes(30))
                .then(() -> away = false)
                .thenAwait(Duration.ofMinutes(1))
                .verifyComplete();

        assertThat(decided).hasSize(1);
    }

    @Test
    void a_report_that_the_database_can_never_take_is_given_up() {
        refused = true;

        StepVerifier.withVirtualTime(() -> handling().handle(lastLook()))
                .verifyError(DataIntegrityViolationException.class);
    }

    /** The post's own report may wait for its next try just then, as after an outage. */
    @Test
    void a_look_that_overtakes_its_post_waits_as_long_as_the_report_of_the_post_may() {
        awaited = true;

        StepVerifier.withVirtualTime(() -> handling().handle(lastLook()))
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(20))
                .then(() -> awaited = false)
                .thenAwait(Duration.ofMinutes(1))
                .verifyComplete();

        assertThat(decided).hasSize(1);
    }

    @Test
    void a_look_whose_post_never_comes_is_given_up() {
        awaited = true;

        StepVerifier.withVirtualTime(() -> handling().handle(lastLook()))
                .thenAwait(Duration.ofMinutes(10))
                .verifyErrorMessage("the post that was looked at is not known yet");

        assertThat(decided).isEmpty();
    }

    private PostReportHandling handling() {
        return new PostReportHandling((_, _) -> Mono.empty(), _ -> isAwaited(), new ReportDecisions((issued, _) -> {
            decided.add(issued.command());
            return new Decision.Accepted(List.of());
        }));
    }

    private boolean isAwaited() {
        if (refused) {
            throw new DataIntegrityViolationException("no such row");
        }
        if (away) {
            throw new DataAccessResourceFailureException("away");
        }
        return awaited;
    }

    private static LaunchRecords.Received lastLook() {
        var report = PostReported.newBuilder().setPostJobId(UUID.randomUUID().toString())
                .setTargetId(TARGET.toString()).setOutcome(PostOutcome.LAST_LOOK_OK).setMessage(null)
                .setDetail("one post").setAt(Instant.EPOCH).build();
        return new LaunchRecords.Received(Envelope.of("1", "PostReported", "/posting-service", TARGET.toString(),
                Instant.EPOCH), report);
    }
}
