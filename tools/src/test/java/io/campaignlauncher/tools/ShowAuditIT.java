package io.campaignlauncher.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.AuditEntry;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The command on a real broker, on which lines were published, some twice, and something that is no line. */
class ShowAuditIT {

    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");
    private static final LaunchRecords RECORDS = new LaunchRecords();
    private static String bootstrapServers;

    @TempDir
    private Path folder;

    private record Ran(int code, String out, String err) {

        /** Without the heading. */
        List<String> lines() {
            return out.lines().skip(1).toList();
        }
    }

    @BeforeAll
    static void publish() throws Exception {
        bootstrapServers = TestBroker.shared().emptied().bootstrapServers();
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            // An operator has added a partition.
            admin.createTopics(List.of(new NewTopic(Topic.AUDIT.topicName(), 2, (short) 1))).all().get();
        }
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new StringSerializer(), new ByteArraySerializer())) {
            var first = line(0, 0, "ann", "acme", "log-in", "ok");
            for (var record : List.of(first, line(0, 1, "ann/key-1", "acme", "credential.store", "asked"),
                    // As after a death between what Kafka had and what the table said.
                    first,
                    new ProducerRecord<>(Topic.AUDIT.topicName(), 0, "x", "rubbish".getBytes(StandardCharsets.UTF_8)),
                    line(1, 2, "annabel", "other", "kill-switch.turn", "asked: off, a\u001b[31m reason"),
                    line(1, 3, "-", "-", "access", "401"))) {
                producer.send(record).get();
            }
        }
    }

    private static ProducerRecord<String, byte[]> line(int partition, int hour, String actor, String tenant,
            String action,
            String outcome) {
        var at = NOON.plusSeconds(3_600L * hour);
        var entry = AuditEntry.newBuilder().setEntryId(new UUID(7, hour).toString()).setAt(at).setActor(actor)
                .setRoles(List.of("advertiser")).setTenant(tenant).setAction(action).setSubject("s" + hour)
                .setOutcome(outcome).setTimes(hour + 1).setTraceId("0af7651916cd43dd8448eb211c80319c")
                .setAddressHash(ByteBuffer.wrap(new byte[]{ 1, 2 })).build();
        var record = RECORDS.record(Topic.AUDIT, tenant, entry,
                Envelope.of(entry.getEntryId(), "AuditEntry", "/job-service", tenant, at));
        return new ProducerRecord<>(record.topic(), partition, record.timestamp(), record.key(), record.value(),
                record.headers());
    }

    @Test
    void shows_every_line_once_in_columns_and_says_what_it_could_not_read() {
        var shown = run();
        assertThat(shown.code()).isZero();
        assertThat(shown.out().lines().findFirst()).hasValue(
                "AT\tSERVICE\tTENANT\tACTOR\tROLES\tACTION\tSUBJECT\tOUTCOME\tTIMES\tTRACE");
        assertThat(shown.lines()).hasSize(4).first().isEqualTo("2026-03-29T12:00:00Z\t/job-service\tacme\tann\t"
                + "advertiser\tlog-in\ts0\tok\t1\t0af7651916cd43dd8448eb211c80319c");
        assertThat(shown.out()).doesNotContain("\u001b").contains("asked: off, a [31m reason");
        assertThat(shown.err()).contains("1 records of the topic cannot be read").contains("audit-0@3");
    }

    @Test
    void shows_what_is_asked_for_and_a_user_with_their_keys() {
        assertThat(run("--actor", "ann").lines()).hasSize(2);
        assertThat(run("--actor", "ann/key-1").lines()).hasSize(1);
        assertThat(run("--tenant", "-").lines()).singleElement().asString().contains("\taccess\ts3\t401\t4\t");
        assertThat(run("--action", "log-in").lines()).hasSize(1);
        assertThat(run("--from", "2026-03-29T13:00:00Z", "--to", "2026-03-29T14:00:00Z").lines()).singleElement()
                .asString().contains("credential.store");
        assertThat(run("--tenant", "acme", "--action", "kill-switch.turn").lines()).isEmpty();
    }

    @Test
    void shows_a_line_as_an_object_of_json() {
        var json = run("--format=json", "--action=access").out().lines().map(JsonMapper.shared()::readTree).toList();
        assertThat(json).singleElement().satisfies(line -> {
            assertThat(line.path("at").asString()).isEqualTo("2026-03-29T15:00:00Z");
            assertThat(line.path("roles").toString()).isEqualTo("[\"advertiser\"]");
            assertThat(line.path("addressHash").asString()).isEqualTo("0102");
            assertThat(line.path("entryId").asString()).isEqualTo(new UUID(7, 3).toString());
        });
    }

    @Test
    void an_export_proves_itself_and_one_in_which_something_was_changed_does_not() throws Exception {
        var out = folder.resolve("audit");
        var exported = run("--export", out.toString(), "--format=json");
        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(JsonMapper.shared().readTree(exported.out()).path("events").asInt()).isEqualTo(4);
        assertThat(JsonMapper.shared().readTree(exported.out()).path("mayGrow").asBoolean()).isTrue();
        var verified = tool("replay", "verify", out.toString());
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(tool("replay", "verify", "--against-store", out.toString(), "--jdbc-url",
                "jdbc:postgresql://127.0.0.1:1/x").err()).contains("an export of the audit");

        var lines = out.resolve("events-000001.jsonl");
        assertThat(Files.readString(lines)).contains("\"actor\":\"ann/key-1\"")
                .contains("\"service\":\"/job-service\"");
        Files.writeString(lines, Files.readString(lines).replace("ann/key-1", "bob/key-1"));
        var changed = tool("replay", "verify", out.toString());
        assertThat(changed.code()).isEqualTo(ReplayCommand.DIFFERENT);
        assertThat(changed.out()).contains("events-000001.jsonl: line 2 is not the event " + new UUID(7, 1));
    }

    @Test
    void an_export_says_what_was_left_out_of_it() throws Exception {
        var out = folder.resolve("of-acme");
        run("--export", out.toString(), "--tenant", "acme", "--to", "2026-03-29T13:00:00Z");
        var manifest = JsonMapper.shared().readTree(Files.readString(out.resolve("manifest.json")));
        assertThat(manifest.path("only").asString()).isEqualTo("tenant acme");
        assertThat(manifest.path("events").asInt()).isEqualTo(1);
        assertThat(tool("replay", "verify", out.toString()).code()).isZero();
    }

    private static Ran run(String... options) {
        return tool(Stream.concat(Stream.of("audit", "--bootstrap-servers", bootstrapServers), Stream.of(options))
                .toArray(String[]::new));
    }

    private static Ran tool(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = Tools.run(Map.of("DATABASE_PASSWORD", "x"), new PrintWriter(out), new PrintWriter(err), args);
        return new Ran(code, out.toString(), err.toString());
    }
}
