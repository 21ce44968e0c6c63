package io.campaignlauncher.analytics.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.campaignlauncher.analytics.model.Counted;
import io.campaignlauncher.analytics.model.Figures;
import io.campaignlauncher.analytics.model.Share;
import io.campaignlauncher.analytics.model.Span;
import io.campaignlauncher.analytics.model.Stage;
import io.campaignlauncher.schemas.Check;
import io.campaignlauncher.schemas.CheckOutcome;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.CreatedEntity;
import io.campaignlauncher.schemas.DeletionReason;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.EntitiesDeleted;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.JobAccepted;
import io.campaignlauncher.schemas.JobCompleted;
import io.campaignlauncher.schemas.JobFailed;
import io.campaignlauncher.schemas.JobRolledBack;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PostVerificationReported;
import io.campaignlauncher.schemas.PreVerificationCompleted;
import io.campaignlauncher.schemas.PreVerificationReported;
import io.campaignlauncher.schemas.RetryScheduled;
import io.campaignlauncher.schemas.RollbackStarted;
import io.campaignlauncher.schemas.SlotFault;
import io.campaignlauncher.schemas.SlotRef;
import io.campaignlauncher.schemas.SlotsCreated;
import io.campaignlauncher.schemas.SlotsFailed;
import io.campaignlauncher.schemas.SlotsReopened;
import io.campaignlauncher.schemas.Strategy;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.VerificationCompleted;
import io.campaignlauncher.schemas.VerificationOutcome;
import io.campaignlauncher.testing.MutatedRecords;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Records as they are on the topics, and what the figures make of them. */
class FiguresReaderTest {

    private static final Instant NOW = Instant.parse("2026-03-29T12:00:00Z");

    private final LaunchRecords records = new LaunchRecords();
    private final FiguresReader reader = new FiguresReader(new Figures(Figures.Bounds.DEFAULT),
            Clock.fixed(NOW, ZoneOffset.UTC), () -> {});
    private long sequence;

    @Test
    void goes_on_past_whatever_a_record_holds() {
        for (var topic : FiguresReader.TOPICS) {
            MutatedRecords.of(topic, 1_500, 9_010).forEach(reader::take);
        }
        assertThat(reader.progress().unreadable()).isBetween(200L, 2_800L);
        assertThat(reader.now()).isNotNull();
    }

    @Test
    void reads_every_kind_of_event_that_is_counted() {
        tell("a", accepted(Strategy.FOR_ADS));
        tell("a", judged(VerificationOutcome.PASSED, CheckOutcome.WARNED));
        tell("a", SlotsCreated.newBuilder().setRound(2).setSlots(List.of(
                new CreatedEntity(EntityType.AD_SET, 1, "11", true), new CreatedEntity(EntityType.AD, 1, "12", false)))
                .build());
        tell("a", SlotsFailed.newBuilder().setSlots(List.of(new SlotFault(EntityType.AD, 2, 0)))
                .setFaults(List.of(fault(ErrorKind.TEMPORARY, 2, 99))).build());
        tell("a", RetryScheduled.newBuilder().setRetryCount(1).setAt(NOW).setFault(fault(ErrorKind.TEMPORARY, 2, 99))
                .build());
        tell("a", looked(VerificationOutcome.REFUSED, List.of(new SlotRef(EntityType.AD, 1)), List.of(entity("13"))));
        tell("a", SlotsReopened.newBuilder().setSlots(List.of(new SlotRef(EntityType.AD, 1))).build());
        tell("a", SlotsCreated.newBuilder().setRound(0)
                .setSlots(List.of(new CreatedEntity(EntityType.AD, 1, "13", true))).build());
        tell("a", DeletionRequested.newBuilder().setReason(DeletionReason.SURPLUS)
                .setEntities(List.of(entity("14"), entity(""))).build());
        tell("a", EntitiesDeleted.newBuilder().setReason(DeletionReason.SURPLUS).setEntities(List.of(entity("14")))
                .build());
        tell("a", looked(VerificationOutcome.PASSED, List.of(), List.of()));
        tell("a", JobCompleted.newBuilder().build());

        var tally = reader.now().of(Span.HOUR);
        assertThat(tally.counts(Counted.JOBS_ACCEPTED)).containsExactly(entry("for_ads", 1L));
        assertThat(tally.counts(Counted.VERIFICATIONS)).containsExactly(entry("passed", 1L));
        assertThat(tally.counts(Counted.REFUSALS)).as("a warning refuses nothing").isEmpty();
        assertThat(tally.counts(Counted.RETRIES)).containsExactly(entry("error_2_99", 1L));
        assertThat(tally.counts(Counted.ENTITIES_ADOPTED)).containsExactly(entry("look_first", 1L),
                entry("verification", 1L));
        assertThat(tally.sum(Counted.ENTITIES_MISSING)).isEqualTo(1);
        assertThat(tally.sum(Counted.DUPLICATES_FOUND)).isEqualTo(1);
        assertThat(tally.sum(Counted.DUPLICATES_REMOVED)).isEqualTo(1);
        assertThat(Share.DISCREPANCIES.of(tally)).isEqualTo(1);
        assertThat(tally.durations(Stage.LOOK).count()).isEqualTo(2);
        assertThat(tally.counts(Counted.JOBS_RETRIED)).containsExactly(entry("completed", 1L));
    }

    @Test
    void reads_what_ends_in_nothing() {
        tell("a", accepted(Strategy.FOR_ALL));
        tell("a", SlotsFailed.newBuilder().setFaults(List.of(fault(ErrorKind.TEMPORARY, null, null),
                fault(ErrorKind.PERMANENT, 200, null))).build());
        tell("a", RollbackStarted.newBuilder().build());
        tell("a", EntitiesDeleted.newBuilder().setReason(DeletionReason.ROLLBACK).setEntities(List.of(entity("1")))
                .build());
        tell("a", JobRolledBack.newBuilder().build());
        sequence = 0;
        tell("b", accepted(Strategy.FOR_ALL));
        tell("b", judged(VerificationOutcome.REFUSED, CheckOutcome.FAILED));
        tell("b", JobFailed.newBuilder().build());

        var tally = reader.now().inAll();
        assertThat(tally.counts(Counted.ROLLBACKS)).containsExactly(entry("error_200", 1L));
        assertThat(tally.counts(Counted.ROLLBACKS_ENDED)).containsExactly(entry("rolled_back", 1L));
        assertThat(tally.sum(Counted.DUPLICATES_REMOVED)).isZero();
        assertThat(tally.counts(Counted.REFUSALS)).containsExactly(entry("token_valid", 1L));
        assertThat(tally.durations(Stage.VERIFICATION).sum()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void an_inconclusive_look_finds_no_difference() {
        tell("a", accepted(Strategy.FOR_ALL));
        tell("a", looked(VerificationOutcome.INCONCLUSIVE, List.of(new SlotRef(EntityType.AD, 1)), List.of()));
        tell("a", JobCompleted.newBuilder().build());

        assertThat(reader.now().inAll().sum(Counted.JOBS_LOOKED_AT)).isZero();
        assertThat(reader.now().inAll().sum(Counted.JOBS_WITH_DISCREPANCY)).isZero();
    }

    @Test
    void knows_how_long_a_request_waited() {
        var request = CreateCampaign.newBuilder().setUserId("u").setIdempotencyKey("k").build();
        var published = records.createCampaign(request, "/shop", NOW.minusSeconds(3));
        reader.take(consumed(published));
        tell(published.key(), accepted(Strategy.FOR_ALL));

        assertThat(reader.now().inAll().durations(Stage.QUEUE).sum()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void passes_over_what_is_no_event_and_goes_on() {
        tell("a", accepted(Strategy.FOR_ALL));
        reader.take(new ConsumerRecord<>(Topic.JOB_EVENTS.topicName(), 0, 1, "a", new byte[]{ 1 }));
        reader.take(changed("ce_sequence", "third"));
        reader.take(changed("ce_time", "yesterday"));
        var garbage = event("a", accepted(Strategy.FOR_ALL), 9, NOW);
        reader.take(consumed(new ProducerRecord<>(garbage.topic(), null, garbage.timestamp(), garbage.key(),
                new byte[]{ 1, 2, 3 }, garbage.headers())));
        tell("a", JobCompleted.newBuilder().build());

        assertThat(reader.progress().unreadable()).isEqualTo(4);
        assertThat(reader.now().inAll().sum(Counted.JOBS_SETTLED)).isEqualTo(1);
    }

    @Test
    void passes_over_an_event_that_this_version_does_not_know() {
        tell("a", accepted(Strategy.FOR_ALL));
        reader.take(changed("ce_type", "SomethingNew"));
        sequence++;
        tell("a", JobCompleted.newBuilder().build());

        assertThat(reader.progress().unreadable()).isZero();
        assertThat(reader.now().inAll().sum(Counted.JOBS_SETTLED)).isEqualTo(1);
    }

    @Test
    void what_claims_to_be_of_the_future_is_of_now() {
        reader.take(consumed(event("a", accepted(Strategy.FOR_ALL), 0, NOW.plus(Duration.ofDays(400)))));
        reader.take(consumed(event("b", accepted(Strategy.FOR_ALL), 0, NOW)));

        assertThat(reader.now().of(Span.FIVE_MINUTES).sum(Counted.JOBS_ACCEPTED)).isEqualTo(2);
    }

    private ConsumerRecord<String, byte[]> changed(String header, String value) {
        var record = event("a", accepted(Strategy.FOR_ALL), sequence, NOW);
        record.headers().remove(header).add(header, value.getBytes(StandardCharsets.UTF_8));
        return consumed(record);
    }

    private void tell(String jobId, SpecificRecord event) {
        reader.take(consumed(event(jobId, event, sequence++, NOW)));
    }

    private ProducerRecord<String, byte[]> event(String jobId, SpecificRecord event, long sequence, Instant at) {
        return records.record(Topic.JOB_EVENTS, jobId, event, new Envelope(jobId + "-" + sequence,
                event.getSchema().getName(), "/job-service", jobId, at, sequence, jobId, null, null));
    }

    private static ConsumerRecord<String, byte[]> consumed(ProducerRecord<String, byte[]> record) {
        return new ConsumerRecord<>(record.topic(), 0, 0, record.timestamp() == null ? 0 : record.timestamp(),
                TimestampType.CREATE_TIME, 0, 0, record.key(), record.value(),
                new RecordHeaders(record.headers().toArray()), Optional.empty());
    }

    private static JobAccepted accepted(Strategy strategy) {
        return JobAccepted.newBuilder().setRetryBudget(5)
                .setRequest(CreateCampaign.newBuilder().setStrategy(strategy).build()).build();
    }

    private static PreVerificationCompleted judged(VerificationOutcome outcome, CheckOutcome token) {
        return PreVerificationCompleted.newBuilder().setReport(PreVerificationReported.newBuilder().setOutcome(outcome)
                .setDurationMs(250).setChecks(List.of(new Check("account_accessible", CheckOutcome.PASSED, ""),
                        new Check("token_valid", token, "")))
                .build()).build();
    }

    private static VerificationCompleted looked(VerificationOutcome outcome, List<SlotRef> missing,
            List<Entity> unknown) {
        return VerificationCompleted.newBuilder().setReport(PostVerificationReported.newBuilder().setOutcome(outcome)
                .setDurationMs(100).setMissing(missing).setUnknownToSlots(unknown).build()).build();
    }

    private static GraphFault fault(ErrorKind kind, Integer code, Integer subcode) {
        return GraphFault.newBuilder().setKind(kind).setCode(code).setSubcode(subcode).build();
    }

    private static Entity entity(String id) {
        return new Entity(EntityType.AD, id, "a name", 1);
    }
}
