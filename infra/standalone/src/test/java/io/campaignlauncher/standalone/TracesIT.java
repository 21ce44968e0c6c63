package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.RetryScheduled;
import io.campaignlauncher.schemas.RollbackPolicy;
import io.campaignlauncher.schemas.RollbackStarted;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.standin.RequestLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** One request is one trace, through HTTP, Kafka, timers and the Graph API, and the log can be followed along it. */
@OnRunningSystem
class TracesIT {

    private final RunningSystem system;

    TracesIT(RunningSystem system) {
        this.system = system;
    }

    /** Keeps what the services say at INFO and above, however a system that ran before in this process has set its levels. */
    private static final class Lines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

        private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
        private final Logger logger = (Logger) LoggerFactory.getLogger("io.campaignlauncher");

        private final @Nullable Level before = logger.getLevel();

        Lines() {
            logger.setLevel(Level.INFO);
            start();
            logger.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent line) {
            line.prepareForDeferredProcessing();
            lines.add(line);
        }

        List<Map<String, String>> about(String jobId) {
            return lines.stream().filter(line -> line.getFormattedMessage().contains(jobId)).map(Lines::fields)
                    .toList();
        }

        private static Map<String, String> fields(ILoggingEvent line) {
            var fields = new HashMap<>(line.getMDCPropertyMap());
            if (line.getKeyValuePairs() != null) {
                line.getKeyValuePairs().forEach(pair -> fields.put(pair.key, String.valueOf(pair.value)));
            }
            fields.put("message", line.getFormattedMessage());
            return fields;
        }

        @Override
        public void close() {
            logger.detachAppender(this);
            logger.setLevel(before);
        }
    }

    @Test
    void a_launch_stays_in_the_trace_of_its_request_through_a_retry_a_decision_and_the_rollback() {
        var traceId = newTraceId();
        var request = troubled();
        var jobId = RunningSystem.jobId(request);
        try (var lines = new Lines()) {
            var answer = system.http().post("/v1/jobs", Requests.body(request), Map.of("Idempotency-Key",
                    request.getIdempotencyKey(), "traceparent", "00-" + traceId + "-b7ad6b7169203331-01"));
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.headers().firstValue("traceresponse").orElse("")).contains(traceId);
            awaitProposal(jobId);
            decide(jobId, Map.of());
            assertThat(system.settled(jobId).path("status").asString()).isEqualTo("rolled_back");

            assertThat(lines.about(jobId)).hasSizeGreaterThanOrEqualTo(8)
                    .allSatisfy(line -> assertThat(line).containsEntry("labels.job_id", jobId)
                            .containsEntry("trace.id", traceId).containsKey("span.id"))
                    .extracting(line -> line.get("message")).anyMatch(line -> line.contains("accepted"))
                    .anyMatch(line -> line.contains("rolled back"));
        }
        assertThat(system.published().eventsOf(jobId, RetryScheduled.class)).as("a timer had its part").isNotEmpty();
        var records = AllRecords.about(system, jobId);
        assertThat(records).extracting(ConsumerRecord::topic).contains("job.events", "creation.commands",
                "creation.events", "verification.events", "rollback.events");
        assertThat(records).allSatisfy(record -> {
            assertThat(traceparent(record)).as(record.topic()).contains(traceId).endsWith("-01");
            assertThat(PublishedRecords.header(record, "ce_traceparent")).isEqualTo(traceparent(record));
        });
        everyHopHasASpanOfItsOwn(records);
        var calls = system.simulator().requests().ofTrace(traceId);
        assertThat(calls).hasSizeGreaterThanOrEqualTo(10).extracting(RequestLog.Entry::traceparent)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(records.stream().map(TracesIT::traceparent).toList());
    }

    @Test
    void a_launch_that_nobody_traces_is_one_trace_all_the_same() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        var jobId = RunningSystem.jobId(request);

        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");

        var traceIds = AllRecords.about(system, jobId).stream()
                .filter(record -> !record.topic().equals("campaign.commands"))
                .map(record -> traceparent(record).substring(3, 35)).distinct().toList();
        assertThat(traceIds).hasSize(1);
        assertThat(system.simulator().requests().ofTrace(traceIds.getFirst())).isNotEmpty();
    }

    @Test
    void a_person_who_brings_a_trace_has_the_rollback_in_it() {
        var request = troubled();
        var jobId = system.publish(request);
        awaitProposal(jobId);
        var traceId = newTraceId();

        decide(jobId, Map.of("traceparent", "00-" + traceId + "-b7ad6b7169203331-00"));

        assertThat(system.settled(jobId).path("status").asString()).isEqualTo("rolled_back");
        assertThat(AllRecords.about(system, jobId)).filteredOn(record -> PublishedRecords.header(record, "ce_type")
                .matches(RollbackStarted.class.getSimpleName() + "|DeletionRequested|DeletionReported|JobRolledBack"))
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(record -> assertThat(traceparent(record)).contains(traceId).endsWith("-00"));
    }

    /** What a record led to has another span, but for a command: it is the event that holds it. */
    private static void everyHopHasASpanOfItsOwn(List<ConsumerRecord<byte[], byte[]>> records) {
        var byId = records.stream().collect(Collectors.toMap(record -> PublishedRecords.header(record, "ce_id"),
                TracesIT::traceparent, (one, _) -> one));
        assertThat(records).filteredOn(record -> !record.topic().equals("creation.commands")
                && byId.containsKey(PublishedRecords.header(record, "ce_causationid")))
                .hasSizeGreaterThanOrEqualTo(10)
                .allSatisfy(record -> assertThat(traceparent(record))
                        .isNotEqualTo(byId.get(PublishedRecords.header(record, "ce_causationid"))));
    }

    /** A look is lost, which takes a timer and a retry; then the account is disabled, and a person is asked. */
    private CreateCampaign troubled() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 5).setRollbackPolicy(RollbackPolicy.CONFIRM).build();
        system.fault(request.getAdAccountId(), FaultTarget.READ, FaultEffect.requestLost(), 1, 1);
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 4, 0);
        return request;
    }

    private void awaitProposal(String jobId) {
        await("the job waits for a person").atMost(RunningSystem.PATIENCE).ignoreExceptions().until(
                () -> system.job(jobId).path("rollback").path("awaitingConfirmation").asBoolean(false));
    }

    private void decide(String jobId, Map<String, String> headers) {
        assertThat(system.http().post("/v1/jobs/" + jobId + "/rollback",
                Map.of("decision", "CONFIRM", "reason", "because of the test"), headers).status()).isEqualTo(202);
    }

    private static String newTraceId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static String traceparent(ConsumerRecord<?, ?> record) {
        return PublishedRecords.header(record, "traceparent");
    }
}
