package io.campaignlauncher.job.kafka;

import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.Refusal;
import io.campaignlauncher.job.model.UndecidableJob;
import io.campaignlauncher.messaging.Anomalies;
import io.campaignlauncher.messaging.Anomaly;
import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.telemetry.LogFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.listener.BatchMessageListener;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Puts the records of a poll to their jobs: one decision and one commit for all that concern the same job, different jobs side
 * by side. Returns when everything is durable; a record that cannot be read or is refused is kept as a dead letter, and
 * the others go on.
 */
final class JobCommandListener implements BatchMessageListener<String, byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(JobCommandListener.class);
    private static final String CONSUMER = "job-service";

    private final LaunchRecords records;
    private final JobCommandGateway jobs;
    private final DeadLetters deadLetters;
    private final CommandReader reader;
    private final Anomalies anomalies;
    private final Anomaly repetition;

    /** Turns a message into what it asks of which job. */
    interface CommandReader {

        /** @throws UnreadableRecord when the message breaks a rule */
        Addressed read(ConsumerRecord<String, byte[]> record, LaunchRecords.Received received);
    }

    /** A command and the job it is for. @param command may take a moment to be had, which others of the poll wait for too */
    record Addressed(String jobId, Mono<JobCommand> command) {

        Addressed(String jobId, JobCommand command) {
            this(jobId, Mono.just(command));
        }
    }

    private record Pending(String jobId, ConsumerRecord<String, byte[]> record, Mono<IssuedCommand> issued) {}

    /** @param repetition what it is when a record tells its job nothing new */
    JobCommandListener(LaunchRecords records, JobCommandGateway jobs, DeadLetters deadLetters, CommandReader reader,
            Anomalies anomalies,
            Anomaly repetition) {
        this.records = records;
        this.jobs = jobs;
        this.deadLetters = deadLetters;
        this.reader = reader;
        this.anomalies = anomalies;
        this.repetition = repetition;
    }

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> poll) {
        var byJob = new LinkedHashMap<String, List<Pending>>();
        var parked = new ArrayList<CompletableFuture<?>>();
        for (var record : poll) {
            try {
                var pending = records.read(record, received -> pending(record, received));
                byJob.computeIfAbsent(pending.jobId(), _ -> new ArrayList<>()).add(pending);
            } catch (UnreadableRecord e) {
                parked.add(park(record, String.valueOf(e.getMessage()), LOG.atWarn()));
            }
        }
        byJob.forEach((jobId, pending) -> parked.add(decide(jobId, pending)));
        CompletableFuture.allOf(parked.toArray(CompletableFuture[]::new)).join();
    }

    private Pending pending(ConsumerRecord<String, byte[]> record, LaunchRecords.Received received) {
        var addressed = reader.read(record, received);
        var envelope = received.envelope();
        var origin = new Origin(envelope.id(), envelope.correlationId(), envelope.traceparent());
        return new Pending(addressed.jobId(), record,
                addressed.command().map(command -> new IssuedCommand(command, origin)));
    }

    private CompletableFuture<?> decide(String jobId, List<Pending> pending) {
        var issued = Flux.fromIterable(pending).flatMapSequential(Pending::issued).collectList().toFuture();
        return issued.thenCompose(all -> jobs.decide(jobId, all))
                .handle((decisions, e) -> e == null ? decided(jobId, pending, decisions) : undecided(jobId, pending, e))
                .thenCompose(done -> done);
    }

    /** Where the job itself is broken, its records alone are given up; in an outage the whole poll is tried again. */
    private CompletableFuture<?> undecided(String jobId, List<Pending> pending, Throwable error) {
        if (!UndecidableJob.isBehind(error)) {
            return CompletableFuture.failedFuture(error);
        }
        var reason = "its job cannot be decided: " + NestedExceptionUtils.getMostSpecificCause(error);
        return CompletableFuture.allOf(pending.stream()
                .map(one -> park(one.record(), reason, LOG.atWarn().addKeyValue(LogFields.JOB_ID, jobId)))
                .toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<?> decided(String jobId, List<Pending> pending, List<Decision> decisions) {
        var parked = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < decisions.size(); i++) {
            switch (decisions.get(i)) {
                case Decision.Refused(var refusal) -> parked.add(park(pending.get(i).record(), reason(refusal),
                        LOG.atWarn().addKeyValue(LogFields.JOB_ID, jobId)));
                case Decision.Accepted(var events) -> {
                    if (events.isEmpty()) {
                        anomalies.count(repetition, 1);
                    }
                }
            }
        }
        return CompletableFuture.allOf(parked.toArray(CompletableFuture[]::new));
    }

    /** Reasons name fields and rules, never what a field held. Told when it is done: a poll that fails is tried again. */
    private CompletableFuture<Void> park(ConsumerRecord<String, byte[]> record, String reason,
            LoggingEventBuilder line) {
        return deadLetters.park(record, reason, CONSUMER)
                .doOnSuccess(_ -> line.log("gives up the record at {}-{}@{}: {}", record.topic(), record.partition(),
                        record.offset(), reason))
                .toFuture();
    }

    private static String reason(Refusal refusal) {
        return switch (refusal) {
            case Refusal.InvalidRequest(var violations) -> Violations.described(violations);
            case Refusal.DifferentRequest _ -> "the idempotency key was used for another request";
            case Refusal.NoSuchJob _ -> "there is no such job";
            case Refusal.JobNotWaiting _ -> "the job waits for nobody's decision";
            case Refusal.JobEnded _ -> "the job has ended";
            case Refusal.LaunchBegun _ -> "the launch has begun";
        };
    }
}
