package io.campaignlauncher.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** One record of each topic, all of the job that docs/topics.md publishes, and how it looks: key, headers, value as JSON. */
final class SampleRecords {

    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");
    private static final String WORK = "4f6c1b0e-2a7d-4d39-8a55-9b0c7e1d2f88";
    private static final String JOB = JobIds.of("u-1", "summer-2026").toString();
    private static final String REQUESTED = "d6f5a4b3-2c1e-4d0f-8e9a-7b6c5d4e3f48";
    private static final String CANCELLED = "3e9d7c5b-1a2f-4c68-8e04-b6d5f7a9c211";
    private static final String INSTANCE = "3b5f0a6e-2c1d-4e7f-9a8b-5c6d7e8f9a01";
    private static final String CAMPAIGN = "5d3c2b1a-6f5e-4d4c-8b3a-291807f6e5d4";
    private static final String POST_JOB = "6a7b8c9d-0e1f-3a2b-8c4d-5e6f7a8b9c0d";
    private static final String TARGET = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final LaunchRecords RECORDS = new LaunchRecords();

    private SampleRecords() {}

    static ProducerRecord<String, byte[]> of(Topic topic) {
        return switch (topic) {
            case CAMPAIGN_COMMANDS -> TopicsPage.published();
            case JOB_EVENTS -> RECORDS.record(topic, JOB, slotsCreated(),
                    new Envelope("e0b7a5d2-41c8-4a1f-9b66-72f1d3c5aa45", "SlotsCreated",
                            "/job-service", JOB, NOON.plusMillis(1_250), 4L, JOB,
                            "9f3c1d0a-1b1e-4c59-9d7e-0d0f5a3a2f11", TRACE, "local", "local"));
            case CREATION_COMMANDS ->
                RECORDS.record(topic, "act_1001", createEntities(), new Envelope(REQUESTED + "/command",
                        "CreateEntities", "/job-service", JOB, NOON.plusMillis(420), null, JOB, REQUESTED, TRACE,
                        "local", "local"));
            case CREATION_STOPS -> RECORDS.record(topic, JOB, new StopCreation(JOB),
                    new Envelope(CANCELLED + "/command", "StopCreation", "/job-service", JOB, NOON.plusMillis(900),
                            null, JOB, CANCELLED, TRACE, "local", "local"));
            case CREATION_EVENTS -> RECORDS.record(topic, JOB, creationReported(),
                    worker("9f3c1d0a-1b1e-4c59-9d7e-0d0f5a3a2f11", "CreationReported", "/creator-service", 1_230,
                            REQUESTED + "/command"));
            case VERIFICATION_EVENTS -> RECORDS.record(topic, JOB, looked(),
                    worker("2b7c2f5e-6f0e-4a5d-8b0a-6c8f4c1d9e22", "PostVerificationReported", "/verifier-service",
                            1_900,
                            "f4a1c6e8-9d27-4b30-8a5c-3e6b7d8f9c46"));
            case ROLLBACK_EVENTS -> RECORDS.record(topic, JOB, deleted(),
                    worker("7d1e8a34-0c52-4f0b-9d43-5a1f0b6c7d33", "DeletionReported", "/rollback-service", 5_000,
                            "0a9b8c7d-6e5f-4a3b-9c2d-1e0f2a3b4c47"));
            case GRAPH_CALLS -> RECORDS.record(topic, JOB, called(),
                    worker(WORK + "/3", "GraphCallNoted", "/creator-service", 1_100, REQUESTED + "/command"));
            case CREDENTIALS -> RECORDS.record(topic, "default", credential(), Envelope.of(
                    "5c0a9b72-3f1d-4e8c-b6a5-1d2e3f4a5b44", "CredentialStored", "/job-service", "default", NOON));
            case KILL_SWITCHES ->
                RECORDS.record(topic, "creation",
                        new KillSwitchTurned("creation", false, "maintenance", "a1b2c3d4-0000-4000-8000-0123456789ab"),
                        Envelope.of("c81d4e2e-bcf2-4e6a-8d15-6a7b8c9d0e55", "KillSwitchTurned", "/job-service",
                                "creation",
                                NOON));
            case FEATURE_LEVELS -> RECORDS.record(topic, INSTANCE, new FeatureLevelAnnounced(INSTANCE, 2, 2),
                    Envelope.of("0d9c8b7a-6f5e-4d3c-8b2a-190f8e7d6c11", "FeatureLevelAnnounced", "/creator-service",
                            INSTANCE, NOON));
            case ACCESS -> RECORDS.record(topic, "key:cl_0123456789ab", apiKey(), Envelope.of(
                    "key:cl_0123456789ab/7", "ApiKeyStored", "/identity-service", "key:cl_0123456789ab", NOON));
            case AUDIT -> RECORDS.record(topic, "local", switchedOff(), Envelope.of(
                    "6f0b1c2d-7a44-4d0e-9c3b-2b7a1e5d8f77", "AuditEntry", "/job-service", "local", NOON));
            case MARKET_EVENTS -> RECORDS.record(topic, CAMPAIGN, approved(),
                    new Envelope("b7c6d5e4-f3a2-4b1c-8d0e-9f8a7b6c5d66", "TargetApproved", "/moderation-service",
                            TARGET,
                            NOON.plusSeconds(60), 2L, "c0ffee00-0000-4000-8000-0123456789ab", null, TRACE, "local",
                            "a1b2c3d4-0000-4000-8000-0123456789ab"));
            case POSTING_COMMANDS -> RECORDS.record(topic, TARGET, publish(),
                    new Envelope("d8e7f6a5-b4c3-4d2e-9f1a-0b9c8d7e6f55/command", "PublishPost", "/moderation-service",
                            TARGET, NOON.plusSeconds(61), null, "c0ffee00-0000-4000-8000-0123456789ab",
                            "d8e7f6a5-b4c3-4d2e-9f1a-0b9c8d7e6f55", TRACE, "local", "system"));
            case POSTING_EVENTS -> RECORDS.record(topic, TARGET, postReported(),
                    new Envelope(POST_JOB + "/posted/57", "PostReported", "/posting-service", TARGET,
                            NOON.plusSeconds(63), null, "c0ffee00-0000-4000-8000-0123456789ab", null, TRACE, "local",
                            "system"));
        };
    }

    private static SpecificRecord publish() {
        return PublishPost.newBuilder().setPostJobId(POST_JOB).setTargetId(TARGET)
                .setChatId(-1_001_234_567_890L).setPost(new TelegramPost("3c4d5e6f-7a8b-4c9d-8e0f-1a2b3c4d5e6f",
                        "Buy tidy otters", "https://example.org/otters", null, null))
                .setNotAfter(NOON.plusSeconds(172_800)).setTenant("local").setOwner("system").build();
    }

    private static SpecificRecord postReported() {
        return PostReported.newBuilder().setPostJobId(POST_JOB).setTargetId(TARGET)
                .setOutcome(PostOutcome.POSTED)
                .setMessage(new PostedMessage(-1_001_234_567_890L, 57L, "https://t.me/c/1234567890/57"))
                .setAt(NOON.plusSeconds(63)).build();
    }

    private static SpecificRecord approved() {
        return new TargetApproved(TARGET, CAMPAIGN, new MarketCause("0d9c8b7a-0000-4000-8000-0123456789ab", "moderator",
                "local", "c0ffee00-0000-4000-8000-0123456789ab"), 1,
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    }

    private static SpecificRecord switchedOff() {
        return AuditEntry.newBuilder().setEntryId("6f0b1c2d-7a44-4d0e-9c3b-2b7a1e5d8f77").setAt(NOON)
                .setActor("a1b2c3d4-0000-4000-8000-0123456789ab").setRoles(List.of("admin")).setTenant("local")
                .setAction("kill-switch.turn").setSubject("creation").setOutcome("asked: off, maintenance")
                .setTraceId("4bf92f3577b34da6a3ce929d0e0e4736").setAddressHash(ByteBuffer.wrap(new byte[32])).build();
    }

    private static SpecificRecord apiKey() {
        return new ApiKeyStored("3f0c6a52-8f1b-4a57-9a53-5a1f9d3c2e66", "cl_0123456789ab",
                ByteBuffer.wrap(new byte[32]), "local", "a1b2c3d4-0000-4000-8000-0123456789ab", "ann",
                List.of("advertiser", "publisher"), List.of("jobs:launch", "jobs:read"), NOON.plusSeconds(7_776_000));
    }

    private static Envelope worker(String id, String type, String source, long afterMs, String cause) {
        return new Envelope(id, type, source, JOB, NOON.plusMillis(afterMs), null, JOB, cause, TRACE, "local",
                "local");
    }

    private static SpecificRecord called() {
        return GraphCallNoted.newBuilder().setJobId(JOB).setWorkId(WORK).setNumber(3)
                .setPurpose(GraphCallPurpose.CREATE).setAttempt(1).setBegunAt(NOON.plusMillis(700)).setTookMs(412)
                .setBatch(true).setHttpStatus(200).setFbtraceId("AbCdEfGhIjK")
                .setParts(List.of(
                        GraphCallPart.newBuilder().setMethod("POST").setPath("{account}/adsets")
                                .setEntityType(EntityType.AD_SET).setSlotNumber(1).setOutcome(GraphCallOutcome.SENT)
                                .build(),
                        GraphCallPart.newBuilder().setMethod("POST").setPath("{account}/ads")
                                .setEntityType(EntityType.AD).setSlotNumber(1).setOutcome(GraphCallOutcome.REFUSED)
                                .setCode(100).setMessage("Invalid parameter (code 100)").build()))
                .build();
    }

    private static SpecificRecord slotsCreated() {
        return SlotsCreated.newBuilder().setJobId(JOB).setRound(1)
                .setSlots(List.of(new CreatedEntity(EntityType.CAMPAIGN, 1, "120000000000001", false),
                        new CreatedEntity(EntityType.AD_SET, 1, "120000000000002", false),
                        new CreatedEntity(EntityType.AD, 1, "120000000000003", false)))
                .setReadableFrom(NOON.plusMillis(6_250)).build();
    }

    private static SpecificRecord createEntities() {
        return CreateEntities.newBuilder().setJobId(JOB).setRound(1).setAdAccountId("act_1001")
                .setCredentialId("default").setLabel("campaign-launcher-job-" + JOB)
                .setCampaign(new PlannedEntity(1, 0, "Summer sale", null, 0))
                .setAdSets(List.of(new PlannedEntity(1, 0, "Summer sale / ad set 1", null, 0)))
                .setAds(List.of(new PlannedEntity(1, 1, "Summer sale / ad 1", null, 0)))
                .setPageId("1000000001").setPixelId("2000000001")
                .setCampaignSpec(new CampaignSpec("Summer sale", "OUTCOME_SALES", List.of(), Map.of()))
                .setAdSetSpec(new AdSetSpec(2000L, "IMPRESSIONS", "OFFSITE_CONVERSIONS",
                        "{\"geo_locations\":{\"countries\":[\"US\"]}}", Map.of()))
                .setAdSpec(new AdSpec(
                        "{\"object_story_spec\":{\"page_id\":\"1000000001\","
                                + "\"link_data\":{\"link\":\"https://example.com\",\"message\":\"Hello\"}}}",
                        Map.of()))
                .setNotAfter(NOON.plusSeconds(120)).build();
    }

    private static SpecificRecord creationReported() {
        return CreationReported.newBuilder().setJobId(JOB).setRound(1)
                .setCreated(List.of(new CreatedEntity(EntityType.CAMPAIGN, 1, "120000000000001", false)))
                .setFailed(List.of(new SlotFault(EntityType.AD_SET, 1, 0), new SlotFault(EntityType.AD, 1, 0)))
                .setFaults(List.of(GraphFault.newBuilder().setKind(ErrorKind.TEMPORARY).setOutcomeUnknown(true)
                        .setMessage("no answer within 10 s").build()))
                .setEnd(RoundEnd.DONE).setQuietAt(NOON.plusMillis(11_230)).setStartedAt(NOON.plusMillis(430))
                .setHttpCalls(2).build();
    }

    private static SpecificRecord looked() {
        return PostVerificationReported.newBuilder().setJobId(JOB).setAttempt(1)
                .setOutcome(VerificationOutcome.REFUSED).setMissing(List.of(new SlotRef(EntityType.AD, 1)))
                .setUnknownToSlots(List.of(
                        new Entity(EntityType.AD_SET, "120000000000002", "Summer sale / ad set 1", 1)))
                .setCampaignsFound(1).setAdSetsFound(1).setLookedAt(NOON.plusMillis(1_700)).setDurationMs(190)
                .setHttpCalls(3).build();
    }

    private static SpecificRecord deleted() {
        return DeletionReported.newBuilder().setJobId(JOB).setPass(1)
                .setDeleted(List.of(new Entity(EntityType.AD_SET, "120000000000002", "Summer sale / ad set 1", 1),
                        new Entity(EntityType.CAMPAIGN, "120000000000001", "Summer sale", 1)))
                .setLookedAt(NOON.plusMillis(4_600)).setFound(2).setHttpCalls(3)
                .setUnconfirmed(List.of("120000000000002", "120000000000001")).build();
    }

    private static SpecificRecord credential() {
        return CredentialStored.newBuilder().setCredentialId("default").setEncryptedToken(ByteBuffer.wrap(
                HexFormat.of().parseHex("00112233445566778899aabb" + "c0ffee" + "00112233445566778899aabbccddeeff")))
                .setOwner("u-1").setStoredBy("u-1").setStoredAt(NOON).setAdAccountIds(List.of("act_1001")).build();
    }

    /** As it is shown: the partition and the offset are Kafka's business. */
    static String shown(ProducerRecord<String, byte[]> record) {
        var text = new StringBuilder("key      ").append(record.key()).append('\n');
        record.headers().forEach(header -> text.append("header   ").append(header.key()).append(": ")
                .append(new String(header.value(), StandardCharsets.UTF_8)).append('\n'));
        try {
            var type = new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
            return text.append("value    ")
                    .append(JSON.writeValueAsString(plain(RECORDS.encoding().decode(type, record.value()))))
                    .toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case IndexedRecord record -> {
                var fields = new LinkedHashMap<String, @Nullable Object>();
                record.getSchema().getFields()
                        .forEach(field -> fields.put(field.name(), plain(record.get(field.pos()))));
                yield fields;
            }
            case Collection<?> items -> items.stream().map(SampleRecords::plain).toList();
            case ByteBuffer bytes -> "0x" + HexFormat.of().formatHex(bytes.array());
            case Enum<?> word -> word.name();
            case Instant time -> time.toString();
            case null -> null;
            default -> value;
        };
    }
}
