package io.campaignlauncher.tools.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.tools.LaunchedJob;
import io.campaignlauncher.tools.StoreUnderTest;
import io.campaignlauncher.tools.archive.Manifest.Digest;
import io.campaignlauncher.tools.events.OperationRefused;
import io.campaignlauncher.tools.events.TimeRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports from a real database; then everything that may happen to files happens to them. */
class ArchiveIT {

    private static final TimeRange ALL = new TimeRange(null, null);
    private static final int PER_FILE = 10;
    private static final String AVRO_2 = "events-000002.avro";
    private static final String LINES_2 = "events-000002.jsonl";

    private static StoreUnderTest database;

    private final LaunchedJob completed = LaunchedJob.completed("completed", 3, 0);
    private final LaunchedJob rolledBack = LaunchedJob.rolledBack("rolled-back", 2, 100);
    private final LaunchedJob begun = LaunchedJob.begun("begun", 2, 200);

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws SQLException {
        database = new StoreUnderTest("archive");
    }

    @BeforeEach
    void store() throws SQLException {
        database.clear();
        database.store(completed, rolledBack, begun);
    }

    @Test
    void an_export_is_whole_with_and_without_the_store() throws Exception {
        var out = exported();
        var manifest = manifest(out);
        var count = completed.events().size() + rolledBack.events().size() + begun.events().size();
        assertThat(manifest.events()).isEqualTo(count);
        assertThat(manifest.types()).containsEntry("JobAccepted", 3L).containsEntry("JobCompleted", 1L);
        assertThat(manifest.files()).hasSizeGreaterThan(2).allMatch(part -> part.events() <= PER_FILE);
        assertThat(manifest.firstGlobalIndex()).isEqualTo(1);
        assertThat(manifest.lastGlobalIndex()).isEqualTo(count);
        assertThat(manifest.mayGrow()).isTrue();
        var outcome = Verification.of(out, null, _ -> {});
        assertThat(outcome.wrong()).isNull();
        assertThat(outcome.events()).isEqualTo(count);
        assertThat(outcome.chainEnd()).isEqualTo(manifest.chainEnd());
        assertThat(Verification.of(out, database.address(), _ -> {}).wrong()).isNull();
    }

    @Test
    void a_range_holds_what_happened_in_it_and_nothing_else() throws Exception {
        var from = LaunchedJob.BEGIN.plusSeconds(101);
        var to = LaunchedJob.BEGIN.plusSeconds(104);
        var out = folder.resolve("range");
        new Export(database.address(), EventStoreSchema.LAUNCHES, new TimeRange(from, to), PER_FILE).to(out, _ -> {});
        var expected = rolledBack.events().stream()
                .filter(event -> !java.time.Instant.parse(event.time()).isBefore(from)
                        && java.time.Instant.parse(event.time()).isBefore(to))
                .map(event -> event.eventId()).toList();
        assertThat(records(out, "events-000001.avro")).extracting(record -> record.event().eventId())
                .isNotEmpty().isEqualTo(expected);
        assertThat(manifest(out).mayGrow()).isFalse();
        assertThat(Verification.of(out, database.address(), _ -> {}).wrong()).isNull();
    }

    @Test
    void a_range_without_events_is_whole_too() throws Exception {
        var out = folder.resolve("none");
        new Export(database.address(), EventStoreSchema.LAUNCHES, new TimeRange(null, LaunchedJob.BEGIN), PER_FILE)
                .to(out, _ -> {});
        assertThat(Verification.of(out, database.address(), _ -> {}).wrong()).isNull();
        assertThat(manifest(out).files()).isEmpty();
    }

    @Test
    void what_stops_an_export_leaves_nothing_behind() throws Exception {
        assertThatThrownBy(() -> new Export(database.address(), EventStoreSchema.LAUNCHES, ALL, PER_FILE)
                .to(folder.resolve("out"), events -> {
                    if (events == 15) {
                        throw new IllegalStateException("the disk is full");
                    }
                })).hasMessage("the disk is full");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_process_that_died_half_way_leaves_what_is_not_taken_for_whole() throws Exception {
        var out = exported();
        Files.delete(out.resolve(Manifest.FILE));
        assertThat(wrong(out)).isEqualTo("manifest.json is missing: this is no whole export");
    }

    @Test
    void an_export_is_its_owners_alone() throws Exception {
        try (var files = Files.walk(exported())) {
            assertThat(files).hasSizeGreaterThan(5).allSatisfy(file -> assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void makes_its_own_folder_and_touches_no_other() throws Exception {
        var out = exported();
        assertThatThrownBy(this::exported).isInstanceOf(OperationRefused.class).hasMessageContaining("there already");
        assertThat(wrong(out)).isNull();
        assertThatThrownBy(() -> new Export(database.address(), EventStoreSchema.LAUNCHES, ALL, PER_FILE)
                .to(folder.resolve("no/out"), _ -> {}))
                .isInstanceOf(OperationRefused.class).hasMessageContaining("no folder");
        assertThatThrownBy(() -> Verification.of(folder.resolve("nowhere"), null, _ -> {}))
                .isInstanceOf(OperationRefused.class);
    }

    @Test
    void every_flipped_byte_is_found_and_its_file_named() throws Exception {
        var out = exported();
        try (var files = Files.list(out)) {
            for (var file : files.toList()) {
                var bytes = Files.readAllBytes(file);
                for (int place = 0; place < bytes.length; place += Math.max(1, bytes.length / 23)) {
                    var damaged = bytes.clone();
                    damaged[place] ^= 0x20;
                    Files.write(file, damaged);
                    var name = file.getFileName().toString();
                    assertThat(wrong(out)).as(name + " at " + place).isNotNull()
                            .startsWith(name.startsWith("manifest") ? "manifest.json" : name.substring(0, 13));
                }
                Files.write(file, bytes);
            }
        }
        assertThat(wrong(out)).isNull();
    }

    @Test
    void a_file_that_is_missing_and_one_too_many_are_named() throws Exception {
        var out = exported();
        Files.move(out.resolve(LINES_2), folder.resolve("taken"));
        assertThat(wrong(out)).isEqualTo(LINES_2 + " is missing");
        Files.move(folder.resolve("taken"), out.resolve(LINES_2));
        Files.writeString(out.resolve("events-000099.avro"), "");
        assertThat(wrong(out)).isEqualTo("events-000099.avro is one file too many");
    }

    @Test
    void a_file_that_was_cut_short_is_named() throws Exception {
        var out = exported();
        for (var name : List.of(AVRO_2, LINES_2)) {
            var bytes = Files.readAllBytes(out.resolve(name));
            Files.write(out.resolve(name), java.util.Arrays.copyOf(bytes, bytes.length - 20));
            assertThat(wrong(out)).startsWith(name + ": ");
            Files.write(out.resolve(name), bytes);
        }
        assertThat(wrong(out)).isNull();
    }

    @Test
    void an_event_that_was_taken_out_is_found_where_it_was() throws Exception {
        var out = forged(records -> without(records, 4));
        assertThat(wrong(out)).startsWith(AVRO_2 + ": event 5 ").contains("does not follow");
    }

    @Test
    void an_event_that_was_put_in_is_found() throws Exception {
        var out = forged(records -> {
            var more = new ArrayList<>(records);
            more.add(3, records.get(2));
            return more;
        });
        assertThat(wrong(out)).startsWith(AVRO_2 + ": event 4 ").contains("does not follow");
    }

    @Test
    void events_that_changed_places_are_found() throws Exception {
        var out = forged(records -> {
            var swapped = new ArrayList<>(records);
            Collections.swap(swapped, 6, 7);
            return swapped;
        });
        assertThat(wrong(out)).startsWith(AVRO_2 + ": event 7 ").contains("does not follow");
    }

    @Test
    void the_last_events_of_a_file_cannot_be_cut_off_unseen() throws Exception {
        var out = forged(records -> without(records, PER_FILE - 1));
        assertThat(wrong(out)).startsWith(AVRO_2 + ": it has 9 events instead of 10");
    }

    @Test
    void an_event_of_another_type_does_not_follow() throws Exception {
        var out = forged(records -> {
            var changed = new ArrayList<>(records);
            var event = records.get(2).event();
            changed.set(2, new ExportedEvent(new StoredEvent(event.globalIndex(),
                    event.eventId(), event.jobId(), event.sequence(), event.time(), "JobFailed", event.payload(),
                    event.metaData()), records.get(2).link()));
            return changed;
        });
        assertThat(wrong(out)).startsWith(AVRO_2 + ": event 3 ").contains("does not follow from what is before it");
    }

    @Test
    void a_manifest_that_was_changed_does_not_match_the_sum_that_it_holds() throws Exception {
        var out = exported();
        var json = Files.readString(out.resolve(Manifest.FILE)).replace("\"mayGrow\" : true", "\"mayGrow\" : false");
        Files.writeString(out.resolve(Manifest.FILE), json);
        Files.writeString(out.resolve(Manifest.SUM_FILE), Export.sum(json.getBytes(StandardCharsets.UTF_8)));
        assertThat(wrong(out)).startsWith("manifest.json: it was changed");
    }

    @Test
    void an_export_of_the_first_format_still_verifies_and_what_is_wrong_with_it_is_found() throws Exception {
        var old = Path.of("src/test/resources/io/campaignlauncher/tools/archive/export-of-version-1");
        var outcome = Verification.of(old, null, _ -> {});
        assertThat(outcome.wrong()).isNull();
        assertThat(outcome.events()).isEqualTo(9);

        var out = Files.createDirectory(folder.resolve("old"));
        try (var files = Files.list(old)) {
            for (var file : files.toList()) {
                Files.copy(file, out.resolve(file.getFileName()));
            }
        }
        var lines = out.resolve("events-000001.jsonl");
        Files.writeString(lines, Files.readString(lines).replaceFirst("JobAccepted", "JobCompleted"));
        assertThat(wrong(out)).startsWith("events-000001.jsonl: line 1 ");
    }

    @Test
    void totals_that_were_forged_are_found() throws Exception {
        var out = exported();
        var events = manifest(out).events();
        forgeManifest(out, json -> json.replace("\"events\" : " + events, "\"events\" : " + (events - 1)));
        assertThat(wrong(out)).startsWith("manifest.json: its totals");
    }

    @Test
    void the_store_tells_of_events_that_came_or_went_since() throws Exception {
        var out = exported();
        database.execute("delete from event_store.domain_events where global_index = 12");
        assertThat(against(out)).contains("the event store lacks event").contains("global index 12");
        store();
        database.execute("update event_store.domain_events set payload = payload || '\\x00' where global_index = 13");
        assertThat(against(out)).contains("global index 13").contains("is another one");
        store();
        database.execute("update event_store.domain_events set event_identifier = 'x' where global_index = 14");
        assertThat(against(out)).contains("global index 14").contains("is another one");
        store();
        database.execute("update event_store.domain_events set time_stamp = '2026-01-01T00:00:00.5Z'"
                + " where global_index = 15");
        assertThat(against(out)).contains("global index 15").contains("is another one");
        assertThat(wrong(out)).as("the files alone are whole").isNull();
    }

    @Test
    void an_export_that_lacks_the_last_event_does_not_pass_for_the_store() throws Exception {
        database.execute("delete from event_store.domain_events where global_index ="
                + " (select max(global_index) from event_store.domain_events)");
        var out = exported();
        assertThat(against(out)).isNull();
        store();
        assertThat(against(out)).startsWith("the export lacks event ")
                .contains("(global index " + (manifest(out).events() + 1) + ")");
    }

    @Test
    void an_export_that_left_out_an_event_does_not_pass_for_the_store() throws Exception {
        var ids = completed.events().stream().map(event -> event.eventId()).toList();
        database.execute("delete from event_store.domain_events where event_identifier = '" + ids.get(4) + "'");
        var out = exported();
        store();
        assertThat(against(out)).isNotNull();
    }

    private Path exported() throws Exception {
        var out = folder.resolve("out");
        new Export(database.address(), EventStoreSchema.LAUNCHES, ALL, PER_FILE).to(out, _ -> {});
        return out;
    }

    /** Changes the second file of an export, and the sums with it, as somebody would who knows the format. */
    private Path forged(UnaryOperator<List<ExportedEvent>> change) throws Exception {
        var out = exported();
        var file = out.resolve(AVRO_2);
        var changed = change.apply(records(out, AVRO_2));
        Files.delete(file);
        try (var writer = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(ExportedEvent.SCHEMA))
                .setCodec(CodecFactory.deflateCodec(1)).create(ExportedEvent.SCHEMA, file.toFile())) {
            for (var record : changed) {
                writer.append(record.asAvro());
            }
        }
        var digest = manifest(out).files().get(1).avro();
        var bytes = Files.readAllBytes(file);
        forgeManifest(out, json -> json.replaceAll("\"bytes\" : \\d+,(\\s*\"sha256\" : \")" + digest.sha256(),
                "\"bytes\" : " + bytes.length + ",$1" + sha256(bytes)));
        assertThat(manifest(out).files().get(1).avro()).isEqualTo(new Digest(AVRO_2, bytes.length, sha256(bytes)));
        return out;
    }

    private static void forgeManifest(Path out, UnaryOperator<String> change) throws IOException {
        var changed = change.apply(Files.readString(out.resolve(Manifest.FILE))).getBytes(StandardCharsets.UTF_8);
        var json = Manifest.read(changed).summed().written().getBytes(StandardCharsets.UTF_8);
        Files.write(out.resolve(Manifest.FILE), json);
        Files.writeString(out.resolve(Manifest.SUM_FILE), Export.sum(json));
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(HashChain.digest().digest(bytes));
    }

    private static List<ExportedEvent> without(List<ExportedEvent> records, int index) {
        var left = new ArrayList<>(records);
        left.remove(index);
        return left;
    }

    private static List<ExportedEvent> records(Path out, String name) throws IOException {
        var records = new ArrayList<ExportedEvent>();
        try (var reader = new DataFileReader<>(out.resolve(name).toFile(),
                new GenericDatumReader<GenericRecord>(ExportedEvent.SCHEMA))) {
            reader.forEach(record -> records.add(ExportedEvent.of(record)));
        }
        return records;
    }

    private static Manifest manifest(Path out) throws IOException {
        return Manifest.read(Files.readAllBytes(out.resolve(Manifest.FILE)));
    }

    private static String wrong(Path out) throws Exception {
        return Verification.of(out, null, _ -> {}).wrong();
    }

    private static String against(Path out) throws Exception {
        return Verification.of(out, database.address(), _ -> {}).wrong();
    }
}
