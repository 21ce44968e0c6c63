package io.campaignlauncher.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.Asked;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.Jobs;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.Refusal;
import io.campaignlauncher.messaging.Anomalies;
import io.campaignlauncher.messaging.Anomaly;
import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.LaunchRecords;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class RecordsToJobsTest {

    private final LaunchRecords records = new LaunchRecords();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> parked = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();

    @Test
    void counts_what_told_its_job_nothing_new_and_only_that() {
        put(Decision.accept(new JobEvent.JobRolledBack("news")), Decision.accept(), Decision.accept(),
                Decision.refuse(new Refusal.NoSuchJob()));

        assertThat(meters.get("launch.anomalies").tags("kind", "redelivery", "cause", "report").counter().count())
                .isEqualTo(2);
        assertThat(meters.get("launch.anomalies").tags("kind", "redelivery", "cause", "request").counter().count())
                .isZero();
        assertThat(parked).hasSize(1);
    }

    @Test
    void puts_each_command_of_a_poll_with_the_origin_of_its_own_record() {
        var poll = records(2);
        var envelopes = poll.stream().map(record -> records.read(record).envelope()).toList();

        put(poll, Decision.accept(new JobEvent.JobRolledBack("first")), Decision.accept());

        assertThat(origins).doesNotHaveDuplicates().containsExactlyElementsOf(envelopes.stream()
                .map(e -> new Origin(e.id(), e.correlationId(), e.traceparent())).toList());
    }

    /** As many records of one job as there are decisions. */
    private void put(Decision... decisions) {
        put(records(decisions.length), decisions);
    }

    private void put(List<ConsumerRecord<String, byte[]>> poll, Decision... decisions) {
        var jobs = new Jobs() {
            @Override
            public CompletableFuture<List<Decision>> decide(String jobId, List<Asked> asked) {
                assertThat(asked).hasSameSizeAs(decisions);
                origins.addAll(asked.stream().map(Asked::origin).toList());
                return CompletableFuture.completedFuture(List.of(decisions));
            }

            @Override
            public JobState state(String jobId) {
                return Job.initialState();
            }
        };
        var deadLetters = new DeadLetters(record -> Mono.fromRunnable(() -> parked.add(record.topic())), meters,
                Clock.systemUTC());
        var listener = new RecordsToJobs(records, jobs, deadLetters,
                received -> new RecordsToJobs.Addressed("job", new JobCommand.EndWait(1)), new Anomalies(meters),
                Anomaly.REPORT_REPEATED);
        listener.onMessage(poll);
    }

    private List<ConsumerRecord<String, byte[]>> records(int number) {
        var poll = new ArrayList<ConsumerRecord<String, byte[]>>();
        for (int i = 0; i < number; i++) {
            var sent = records.createCampaign(
                    CreateCampaign.newBuilder().setUserId("u").setIdempotencyKey("k" + i).build(),
                    "/test", Instant.EPOCH);
            var record = new ConsumerRecord<>(sent.topic(), 0, i, sent.key(), sent.value());
            sent.headers().forEach(record.headers()::add);
            poll.add(record);
        }
        return poll;
    }
}
