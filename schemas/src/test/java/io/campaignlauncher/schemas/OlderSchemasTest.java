package io.campaignlauncher.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

/** Bytes that another version of a schema wrote: an older one from the event store, or a newer one from a newer service. */
class OlderSchemasTest {

    @Test
    void a_field_that_was_not_there_yet_has_its_default() throws Exception {
        var schema = CurrentSchemas.idl("JobFailed", "record JobFailed { string jobId = \"\"; }");
        var read = read(schema, new GenericRecordBuilder(schema).set("jobId", "j-1").build());
        assertThat(read).isEqualTo(new JobFailed("j-1", List.of(), false));
    }

    @Test
    void a_job_of_a_time_without_tenants_is_local() throws Exception {
        var schema = new SchemaReleases(SchemaReleases.FOLDER).of("JobAccepted").getFirst();
        assertThat(schema.getField("request").schema().getField("tenant")).isNull();
        var written = new GenericRecordBuilder(schema).set("jobId", "j-1").build();
        var read = (JobAccepted) new AvroEncoding().decode("JobAccepted", bytes(schema, written));
        assertThat(read.getRequest().getTenant()).isEqualTo("local");
        assertThat(read.getRequest().getOwner()).isEqualTo("local");
    }

    @Test
    void a_field_that_is_not_known_yet_is_passed_over() throws Exception {
        var schema = CurrentSchemas.idl("JobFailed", """
                record Advice { string text = ""; array<long> costs = []; }
                record JobFailed { array<Advice> advice = []; string jobId = ""; map<bytes> more = {};
                    array<string> reasons = []; double score = 0; float weight = 0; }""");
        var advice = new GenericRecordBuilder(schema.getField("advice").schema().getElementType()).set("text", "wait")
                .set("costs", List.of(1L, 2L)).build();
        var read = read(schema, new GenericRecordBuilder(schema).set("advice", List.of(advice)).set("jobId", "j-1")
                .set("reasons", List.of("a", "b")).build());
        assertThat(read).isEqualTo(new JobFailed("j-1", List.of("a", "b"), false));
    }

    @Test
    void a_symbol_that_is_not_known_yet_is_the_default_symbol() throws Exception {
        var schema = CurrentSchemas.idl("CreationRoundEnded", """
                enum RoundEnd { UNKNOWN, NOT_YET, DONE, RATE_LIMITED, INTERRUPTED, PAUSED } = UNKNOWN;
                record CreationRoundEnded { string jobId = ""; int round = 0; RoundEnd end = "UNKNOWN"; }""");
        var paused = new GenericData.EnumSymbol(schema.getField("end").schema(), "PAUSED");
        var read = read(schema, new GenericRecordBuilder(schema).set("round", 3).set("end", paused).build());
        assertThat(read).isEqualTo(new CreationRoundEnded("", 3, RoundEnd.UNKNOWN, null, 0));
    }

    @Test
    void fields_in_another_order_find_their_places() throws Exception {
        var schema = CurrentSchemas.idl("RollbackDeclined",
                "record RollbackDeclined { string reason = \"\"; string userId = \"\"; string jobId = \"\"; }");
        var read = read(schema, new GenericRecordBuilder(schema).set("jobId", "j").set("userId", "u")
                .set("reason", "r").build());
        assertThat(read).isEqualTo(new RollbackDeclined("j", "u", "r"));
    }

    /** Avro itself would read it, with defaults for what is missing: a failed job would be a rolled back one. */
    @Test
    void another_record_is_never_taken_for_the_one_that_was_named() {
        var encoding = new AvroEncoding();
        var failed = encoding.encode(new JobFailed("j-1", List.of("no"), false));
        assertThatThrownBy(() -> encoding.decode("JobRolledBack", failed)).isInstanceOf(UnreadableRecord.class)
                .hasMessageContaining("no schema of JobRolledBack has the fingerprint");
    }

    @Test
    void the_message_of_an_unknown_fingerprint_gives_it_as_it_is_in_the_bytes() throws Exception {
        var schema = CurrentSchemas.idl("JobFailed", "record JobFailed { string other = \"\"; }");
        var bytes = bytes(schema, new GenericRecordBuilder(schema).build());
        assertThatThrownBy(() -> new AvroEncoding().decode("JobFailed", bytes)).isInstanceOf(UnreadableRecord.class)
                .hasMessageEndingWith(SchemaReleases.fingerprint(schema));
    }

    private static Object read(Schema writer, GenericRecord message) throws IOException {
        var fingerprint = SchemaNormalization.parsingFingerprint64(writer);
        var encoding = new AvroEncoding(
                (name, wanted) -> name.equals(writer.getName()) && wanted == fingerprint ? writer : null);
        return encoding.decode(writer.getName(), bytes(writer, message));
    }

    private static byte[] bytes(Schema writer, GenericRecord message) throws IOException {
        return new BinaryMessageEncoder<>(GenericData.get(), writer).encode(message).array();
    }
}
