package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.telemetry.TraceSpan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

class DecisionQueueTest {

    private static final String AGAIN = "Send it again.";

    /** The jobs that were asked, each with the decision on it. */
    private final Map<String, CompletableFuture<List<Decision>>> asked = new ConcurrentHashMap<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DecisionQueue queue = queue(2, 3, Duration.ofSeconds(30));

    private DecisionQueue queue(int atOnce, int waiting, Duration patience) {
        return new DecisionQueue(new JobCommandGateway() {

            @Override
            public CompletableFuture<List<Decision>> decide(String jobId, List<IssuedCommand> commands) {
                return asked.computeIfAbsent(jobId, _ -> new CompletableFuture<>());
            }

            @Override
            public JobState state(String jobId) {
                return Job.initialState();
            }
        }, new HttpSettings(1, 1, patience, atOnce, waiting, 1, 1), meters);
    }

    @AfterEach
    void stop() {
        decideAll();
        queue.close();
    }

    private Mono<Decision> ask(DecisionQueue one, String jobId) {
        return one.decide(jobId, new JobCommand.EndWait(1), Origin.JOB, TraceSpan.of(Context.empty()), AGAIN);
    }

    private void decideAll() {
        asked.values().forEach(decision -> decision.complete(List.of(Decision.accept())));
    }

    @Test
    void of_a_flood_few_are_decided_at_a_time_and_what_is_too_much_is_told_so_at_once() {
        var decisions = IntStream.range(0, 5).mapToObj(number -> ask(queue, "job-" + number).toFuture()).toList();
        await().until(() -> asked.size() == 2);

        assertThatThrownBy(() -> ask(queue, "job-6").block()).isInstanceOf(Problem.class)
                .hasMessage("Too many decisions wait already. " + AGAIN);
        assertThat(asked).hasSize(2);
        assertThat(meters.get("executor.queued").tag("name", "http-decisions").gauge().value()).isEqualTo(3);

        await().untilAsserted(() -> {
            decideAll();
            assertThat(decisions).allMatch(CompletableFuture::isDone);
        });
        assertThat(decisions).allSatisfy(decision -> assertThat(decision.join()).isEqualTo(Decision.accept()));
        assertThat(asked).hasSize(5);
    }

    @Test
    void who_is_no_longer_waited_for_is_not_decided_on() {
        ask(queue, "job-1").subscribe();
        ask(queue, "job-2").subscribe();
        ask(queue, "job-3").subscribe().dispose();
        var last = ask(queue, "job-4").toFuture();
        await().until(() -> asked.size() == 2);

        await().untilAsserted(() -> {
            decideAll();
            assertThat(last).isDone();
        });
        assertThat(asked).doesNotContainKey("job-3");
    }

    @Test
    void a_decision_that_takes_too_long_keeps_its_place_until_it_is_made() {
        try (var hasty = queue(1, 3, Duration.ofMillis(50))) {
            assertThatThrownBy(() -> ask(hasty, "job-1").block()).isInstanceOf(Problem.class).hasMessage(AGAIN);
            assertThatThrownBy(() -> ask(hasty, "job-2").block()).isInstanceOf(Problem.class).hasMessage(AGAIN);
            assertThat(asked).containsOnlyKeys("job-1");
        }
    }
}
