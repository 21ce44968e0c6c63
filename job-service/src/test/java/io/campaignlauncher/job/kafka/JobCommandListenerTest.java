package io.campaignlauncher.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.Refusal;
import io.campaignlauncher.messaging.Anomalies;
import io.campaignlauncher.messaging.Anomaly;
import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.LaunchRecords;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

class JobCommandListenerTest {

    private final LaunchRecords records = new LaunchRecords();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> parked = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();
    private final List<String> decided = new ArrayList<>();
    private RecordPublisher deadLetterTopic = record -> Mono.fromRunnable(() -> parked.add(record.topic()));
    private JobCommandListener.CommandReader reader = (_, _) -> new JobCommandListener.Addressed("job",
            new JobCommand.EndWait(1));

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

        listener(Decision.accept(new JobEvent.JobRolledBack("first")), Decision.accept()).onMessage(poll);

        assertThat(origins).doesNotHaveDuplicates().containsExactlyElementsOf(envelopes.stream()
                .map(e -> new Origin(e.id(), e.correlationId(), e.traceparent())).toList());
    }

    @Test
    void decides_the_others_where_a_record_can_be_kept_in_no_form_and_says_so_once() {
        deadLetterTopic = _ -> Mono.error(new RecordTooLargeException("larger than Kafka takes"));
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        var logger = (Logger) LoggerFactory.getLogger("io.campaignlauncher");
        logger.addAppender(logged);
        try {
            var poll = records(2);
            poll.add(new ConsumerRecord<>("campaign.commands", 0, 2, "zeros", new byte[4_194_304]));
            listener(Decision.accept(), Decision.accept()).onMessage(poll);
        } finally {
            logger.detachAppender(logged);
        }

        assertThat(decided).containsExactly("job");
        assertThat(meters.get("dead.letters.lost").tag("topic", "campaign.commands").counter().count()).isOne();
        assertThat(logged.list).filteredOn(line -> line.getLevel() == Level.ERROR).singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage()).contains("campaign.commands-0@2")
                        .contains("larger than Kafka takes"));
    }

    @Test
    void gives_up_whatever_cannot_be_made_sense_of_and_nothing_else() {
        for (var trouble : List.<Throwable>of(new NumberFormatException("1e9999999999"), new StackOverflowError(),
                new ArithmeticException("overflow"), new IllegalStateException())) {
            parked.clear();
            decided.clear();
            reader = (_, received) -> {
                if (received.envelope().id().equals("0")) {
                    throw sneaky(trouble);
                }
                return new JobCommandListener.Addressed("job", new JobCommand.EndWait(1));
            };

            put(Decision.accept());
            var poll = records(2);
            poll.getFirst().headers().remove("ce_id").add("ce_id", new byte[]{ '0' });
            listener(Decision.accept()).onMessage(poll);

            assertThat(parked).as(trouble.toString()).hasSize(1);
            assertThat(decided).hasSize(2);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable trouble) throws T {
        throw (T) trouble;
    }

    /** As many records of one job as there are decisions. */
    private void put(Decision... decisions) {
        listener(decisions).onMessage(records(decisions.length));
    }

    private JobCommandListener listener(Decision... decisions) {
        var jobs = new JobCommandGateway() {
            @Override
            public CompletableFuture<List<Decision>> decide(String jobId, List<IssuedCommand> commands) {
                assertThat(commands).hasSameSizeAs(decisions);
                origins.addAll(commands.stream().map(IssuedCommand::origin).toList());
                decided.add(jobId);
                return CompletableFuture.completedFuture(List.of(decisions));
            }

            @Override
            public JobState state(String jobId) {
                return Job.initialState();
            }
        };
        return new JobCommandListener(records, jobs, new DeadLetters(deadLetterTopic, meters, Clock.systemUTC()),
                reader,
                new Anomalies(meters), Anomaly.REPORT_REPEATED);
    }

    private List<ConsumerRecord<String, byte[]>> records(int count) {
        var poll = new ArrayList<ConsumerRecord<String, byte[]>>();
        for (int i = 0; i < count; i++) {
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
