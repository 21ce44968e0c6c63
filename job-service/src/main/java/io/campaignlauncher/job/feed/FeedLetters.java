package io.campaignlauncher.job.feed;

import io.campaignlauncher.changefeed.FeedPublisher;
import io.campaignlauncher.changefeed.FeedPublisher.FeedInterrupted;
import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.job.messages.UndeliverableRequests;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.UndecidableJob;
import io.campaignlauncher.messaging.Reasons;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.telemetry.LogFields;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up an event that Kafka will never take, so that those behind it go on: a letter on the topic's {@code .dlt} says where
 * in the event store it is, without its value, and a job whose request to a worker it was ends for that reason.
 */
final class FeedLetters implements FeedPublisher.GivenUp {

    /** Where such a letter came from: no topic, so that no redrive takes it for a record of one. */
    static final String SOURCE = EventStoreSchema.LAUNCHES.events();

    private static final Logger LOG = LoggerFactory.getLogger(FeedLetters.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CONSUMER = "job-service";

    private final RecordPublisher publisher;
    private final LaunchRecords records;
    private final JobCommandGateway jobs;
    private final MeterRegistry meters;
    private final Counter parked;
    private final Clock clock;

    FeedLetters(RecordPublisher publisher, LaunchRecords records, JobCommandGateway jobs, MeterRegistry meters,
            Clock clock) {
        this.publisher = publisher;
        this.records = records;
        this.jobs = jobs;
        this.meters = meters;
        this.parked = Counter.builder("feed.parked")
                .description("Records that Kafka refused for good and the change feed passed over").register(meters);
        this.clock = clock;
    }

    @Override
    public void note(StoredEvent event, @Nullable ProducerRecord<String, byte[]> record, Throwable reason) {
        var topic = record == null ? Topic.JOB_EVENTS : Topic.named(record.topic());
        var reasonText = Reasons.of(reason);
        try {
            publisher.publish(letter(event, record, topic, reasonText)).block(PATIENCE);
            giveUpRequest(event, record == null ? Topic.CREATION_COMMANDS : topic, reasonText);
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new FeedInterrupted("stopped while giving up an event", e);
            }
            throw new FeedInterrupted("an event that Kafka refuses cannot be given up yet: " + Reasons.of(e), e);
        }
        parked.increment();
        meters.counter("dead.letters", "topic", topic.topicName()).increment();
        LOG.atError().addKeyValue(LogFields.JOB_ID, event.jobId()).log(
                "job {}: its {} ({} bytes, {} {}) is not on {}: {}", event.jobId(), event.type(),
                event.payload().length, SOURCE, event.globalIndex(), topic.topicName(), reasonText);
    }

    private ProducerRecord<String, byte[]> letter(StoredEvent event, @Nullable ProducerRecord<String, byte[]> record,
            Topic topic, String reason) {
        var now = clock.instant();
        var headers = new RecordHeaders();
        add(headers, "ce_id", event.eventId());
        add(headers, "ce_type", event.type());
        add(headers, "ce_subject", event.jobId());
        add(headers, "dlt-reason", reason);
        add(headers, "dlt-topic", SOURCE);
        add(headers, "dlt-partition", "0");
        add(headers, "dlt-offset", Long.toString(event.globalIndex()));
        add(headers, "dlt-timestamp", Long.toString(event.atOr(now).toEpochMilli()));
        add(headers, "dlt-consumer", CONSUMER);
        add(headers, "dlt-parked-at", now.toString());
        add(headers, "dlt-value-bytes", Integer.toString(event.payload().length));
        add(headers, "dlt-value-sha256", sha256(event.payload()));
        return new ProducerRecord<>(topic.deadLetterName(), null, now.toEpochMilli(),
                record == null ? event.jobId() : record.key(), null, headers);
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    /** The job is told what nobody will ever answer. What only tells of something ends no job. */
    private void giveUpRequest(StoredEvent event, Topic topic, String reason) {
        try {
            var message = records.encoding().decode(event.type(), event.payload());
            UndeliverableRequests.command(message, topic, reason)
                    .ifPresent(command -> jobs.decide(event.jobId(), command, new Origin(event.eventId(), null, null))
                            .join());
        } catch (UnreadableRecord e) {
            LOG.error("job {}: its event {} cannot be read, so that the job cannot be told: {}", event.jobId(),
                    event.eventId(), e.getMessage());
        } catch (CompletionException e) {
            if (UndecidableJob.isBehind(e)) {
                LOG.error("job {}: it cannot be decided, so that it cannot be told that its event {} is given up",
                        event.jobId(), event.eventId());
                return;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
