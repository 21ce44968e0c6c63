package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.job.model.SlotStatus;
import io.campaignlauncher.schemas.JobAccepted;
import io.campaignlauncher.simulator.core.Existing;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/**
 * What must hold for every settled job, whatever happened to it: Facebook holds exactly the request or nothing, and the slots,
 * the tables, the HTTP API, the event store and the topic all tell the same story. That the tables of all jobs are what a rebuild
 * would make is looked at after each test class, see {@link RunningSystemExtension}.
 */
final class Invariants {

    private final RunningSystem system;
    private final String jobId;
    private final Set<String> foreign;

    private Invariants(RunningSystem system, String jobId, Set<String> foreign) {
        this.system = system;
        this.jobId = jobId;
        this.foreign = foreign;
    }

    static void hold(RunningSystem system, String jobId) {
        holdBeside(system, jobId, Set.of());
    }

    /** @param foreign Facebook ids of what somebody else put into the job's campaign */
    static void holdBeside(RunningSystem system, String jobId, Set<String> foreign) {
        new Invariants(system, jobId, foreign).check();
    }

    private void check() {
        everythingIsPublished();
        theTopicTellsTheStore();
        var job = system.job(jobId);
        var slots = slots(system.slots(jobId));
        facebookHoldsExactlyTheRequestOrNothing(job, slots);
        theTablesAgree(job, slots);
        theStoreAgrees(job, slots);
        noTokenTravelled();
    }

    /** A slot as the HTTP API shows it. */
    private record SlotRow(String type, int number, String status, String facebookId, String name) {}

    private static Map<String, SlotRow> slots(JsonNode json) {
        var slots = new HashMap<String, SlotRow>();
        json.forEach(slot -> slots.put(slot.path("entityType").asString() + slot.path("slotNumber").asInt(),
                new SlotRow(slot.path("entityType").asString(), slot.path("slotNumber").asInt(),
                        slot.path("status").asString(), slot.path("facebookId").asString(""),
                        slot.path("name").asString())));
        return slots;
    }

    private void everythingIsPublished() {
        await("topic and tables have every event of job " + jobId).atMost(RunningSystem.PATIENCE)
                .untilAsserted(() -> {
                    long last = system.sql().sql("select max(sequence_number) from event_store.domain_events"
                            + " where aggregate_identifier = ?").param(jobId).query(Long.class).single();
                    assertThat(system.published().eventsOf(jobId).getLast().envelope().sequence()).isEqualTo(last);
                });
        system.tablesAreUpToDate();
        assertThat(system.job(jobId).path("version").asLong())
                .isEqualTo(system.published().eventsOf(jobId).getLast().envelope().sequence());
    }

    private void theTopicTellsTheStore() {
        var stored = system.sql().sql("select payload from event_store.domain_events"
                + " where aggregate_identifier = ? order by sequence_number").param(jobId).query(byte[].class).list();
        assertThat(system.published().eventsOf(jobId)).extracting(event -> event.envelope().sequence())
                .as("each event once and in order")
                .containsExactlyElementsOf(LongStream.range(0, stored.size()).boxed().toList());
        for (var record : system.published().recordsOf(jobId)) {
            int sequence = Integer.parseInt(PublishedRecords.header(record, "ce_sequence"));
            assertThat(record.value()).as("bytes of event " + sequence).isEqualTo(stored.get(sequence));
        }
    }

    private void facebookHoldsExactlyTheRequestOrNothing(JsonNode job, Map<String, SlotRow> slots) {
        var label = system.published().eventsOf(jobId, JobAccepted.class).getFirst().getLabel();
        var campaigns = system.facebook().labelled(job.path("adAccountId").asString(), label);
        assertThat(slots.values()).extracting(SlotRow::status).doesNotContain("creating");
        if (job.path("status").asString().equals("rolled_back")) {
            assertThat(campaigns).as("nothing of a job that was rolled back is left").isEmpty();
            assertThat(slots.values()).extracting(SlotRow::status).doesNotContain("created");
        }
        assertThat(campaigns).hasSizeLessThanOrEqualTo(1);
        var existing = new HashMap<String, Existing>();
        campaigns.forEach(campaign -> {
            existing.put(campaign.itself().id(), campaign.itself());
            campaign.adSets().forEach(adSet -> existing.put(adSet.id(), adSet));
            campaign.ads().forEach(ad -> existing.put(ad.id(), ad));
        });
        existing.keySet().removeAll(foreign);
        var filled = slots.values().stream().filter(slot -> slot.status().equals("created")).toList();
        assertThat(existing.keySet()).as("what exists is what the slots know")
                .containsExactlyInAnyOrderElementsOf(filled.stream().map(SlotRow::facebookId).toList());
        for (var slot : filled) {
            var entity = existing.get(slot.facebookId());
            assertThat(entity.name()).isEqualTo(slot.name());
            assertThat(entity.kind().name()).isEqualTo(slot.type().toUpperCase(Locale.ROOT));
        }
        assertThat(filled).extracting(SlotRow::name).doesNotHaveDuplicates();
        theAdsAreWhereTheyBelong(slots, existing);
        if (job.path("status").asString().equals("completed")) {
            assertThat(filled).hasSameSizeAs(slots.values());
            assertThat(count(existing, "AD_SET")).isEqualTo(job.path("requested").path("adSets").asInt());
            assertThat(count(existing, "AD")).isEqualTo(job.path("requested").path("ads").asInt());
        }
    }

    private void theAdsAreWhereTheyBelong(Map<String, SlotRow> slots, Map<String, Existing> existing) {
        system.sql().sql("""
                select s.facebook_id, s.ad_set_slot_number from entity_creation_slots s
                join campaign_creation_jobs j on j.id = s.job_id
                where j.job_uuid = ? and s.entity_type = 'ad' and s.status = 'created'""")
                .param(UUID.fromString(jobId))
                .query((row, _) -> Map.entry(row.getString(1), row.getInt(2)))
                .list()
                .forEach(ad -> assertThat(existing.get(ad.getKey()).adSetId()).as("the ad set of ad " + ad.getKey())
                        .isEqualTo(slots.get("ad_set" + ad.getValue()).facebookId()));
    }

    private static long count(Map<String, Existing> existing, String kind) {
        return existing.values().stream().filter(entity -> entity.kind().name().equals(kind)).count();
    }

    private void theTablesAgree(JsonNode job, Map<String, SlotRow> slots) {
        var row = system.sql().sql("""
                select j.*, (select count(*) from entity_creation_slots s where s.job_id = j.id and s.status = 'created'
                             and s.entity_type = 'ad_set') as ad_sets,
                       (select count(*) from entity_creation_slots s where s.job_id = j.id and s.status = 'created'
                             and s.entity_type = 'ad') as ads,
                       (select count(*) from entity_creation_slots s where s.job_id = j.id) as slots,
                       (select count(distinct entity_name) from entity_creation_slots s where s.job_id = j.id
                             and s.entity_type = 'ad_set') as names
                from campaign_creation_jobs j where j.job_uuid = ?""").param(UUID.fromString(jobId)).query()
                .singleRow();
        assertThat(row.get("status")).isEqualTo(job.path("status").asString());
        assertThat(row.get("ad_sets_created")).isEqualTo(((Number) row.get("ad_sets")).intValue())
                .isEqualTo(job.path("created").path("adSets").asInt());
        assertThat(row.get("ads_created")).isEqualTo(((Number) row.get("ads")).intValue())
                .isEqualTo(job.path("created").path("ads").asInt());
        assertThat(row.get("names")).isEqualTo(((Number) row.get("requested_ad_sets")).longValue());
        assertThat(((Number) row.get("slots")).intValue()).isEqualTo(slots.size())
                .isEqualTo(1 + (int) row.get("requested_ad_sets") + (int) row.get("requested_ads"));
        assertThat(row.get("retry_count")).isEqualTo(job.path("retryCount").asInt());
        assertThat(row.get("completed_at")).isNotNull();
        var figures = system.http().get("/v1/jobs/" + jobId + "/idempotency").body();
        assertThat(figures.path("exceededLimit").asBoolean(true)).isFalse();
        assertThat(figures.path("canCreateMore").asBoolean(true)).isFalse();
        assertThat(figures.path("tracked").path("adSets").asInt())
                .isEqualTo(job.path("created").path("adSets").asInt());
    }

    private void theStoreAgrees(JsonNode job, Map<String, SlotRow> slots) {
        var state = system.state(jobId);
        assertThat(state.phase().settled()).isTrue();
        assertThat(job.path("status").asString())
                .isEqualTo(state.phase().status().name().toLowerCase(Locale.ROOT));
        assertThat(job.path("retryCount").asInt()).isEqualTo(state.counts().retries());
        for (var planned : state.plan().slots()) {
            var slot = state.slot(planned.id());
            var shown = slots.get(planned.id().type().name().toLowerCase(Locale.ROOT) + planned.id().number());
            assertThat(shown.name()).isEqualTo(planned.name());
            assertThat(shown.status()).as(planned.name()).isEqualTo(slot.status().name().toLowerCase(Locale.ROOT));
            if (slot.status() == SlotStatus.CREATED) {
                assertThat(shown.facebookId()).isEqualTo(slot.facebookId());
            }
        }
    }

    private void noTokenTravelled() {
        for (var record : system.published().recordsOf(jobId)) {
            assertThat(new String(record.value(), StandardCharsets.ISO_8859_1)).doesNotContain(RunningSystem.TOKEN);
        }
    }

    /** Names of ad sets or ads as the slots have them. */
    static List<String> names(RunningSystem system, String jobId, String entityType) {
        return slots(system.slots(jobId)).values().stream()
                .filter(slot -> slot.type().equals(entityType))
                .map(SlotRow::name)
                .toList();
    }

    static Set<String> filledIds(RunningSystem system, String jobId) {
        var ids = new HashSet<String>();
        slots(system.slots(jobId)).values().stream()
                .filter(slot -> slot.status().equals("created"))
                .forEach(slot -> ids.add(slot.facebookId()));
        return ids;
    }
}
