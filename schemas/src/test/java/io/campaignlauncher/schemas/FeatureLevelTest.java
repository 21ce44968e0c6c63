package io.campaignlauncher.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class FeatureLevelTest {

    private static final RollbackStarted CONFIRMED = new RollbackStarted("job", "ads refused", "ann", "not worth it");

    /** {@code <version>.txt}: the levels of a release, and its index of schemas as it was then. */
    private static final Path RELEASES = Path.of("src/test/resources/releases");

    @Test
    void a_message_is_written_in_its_older_version_until_everybody_reads_the_newer_one() {
        var level = new AtomicInteger(FeatureLevel.FIRST);
        var encoding = new AvroEncoding(level::get);

        var older = encoding.encode(CONFIRMED);
        assertThat(fingerprint(older)).isEqualTo(
                SchemaNormalization.parsingFingerprint64(ReleasedSchemas.version("RollbackStarted", 1)));
        assertThat(encoding.decode("RollbackStarted", older)).isEqualTo(
                new RollbackStarted("job", "ads refused", "ann", ""));

        level.set(2);
        var newer = encoding.encode(CONFIRMED);
        assertThat(newer).isEqualTo(new AvroEncoding().encode(CONFIRMED));
        assertThat(encoding.decode("RollbackStarted", newer)).isEqualTo(CONFIRMED);
    }

    @Test
    void what_no_level_changed_is_written_the_same_at_each() {
        var failed = new JobFailed("job", List.of(), false);
        assertThat(new AvroEncoding(() -> FeatureLevel.FIRST).encode(failed))
                .isEqualTo(new AvroEncoding().encode(failed));
    }

    @Test
    void every_row_names_a_version_that_was_released_and_leaves_no_version_out() {
        for (var row : FeatureLevel.NEW_VERSIONS) {
            assertThat(row.level()).isBetween(FeatureLevel.FIRST + 1, FeatureLevel.READ);
            assertThat(ReleasedSchemas.version(row.message(), row.version()).getName()).isEqualTo(row.message());
        }
        assertThat(FeatureLevel.WRITTEN).isLessThanOrEqualTo(FeatureLevel.READ);
    }

    @Test
    void a_time_is_written_by_an_older_schema_too() {
        var request = PreVerificationRequested.newBuilder().setJobId("job").setConclusiveFrom(Instant.EPOCH).build();
        var encoding = new AvroEncoding(() -> FeatureLevel.FIRST);
        assertThat(((PreVerificationRequested) encoding.decode("PreVerificationRequested", encoding.encode(request)))
                .getConclusiveFrom()).isNull();
    }

    /** Otherwise an instance of the last release would meet it unprepared, or one could not go back to it. */
    @Test
    void whatever_the_last_release_did_not_have_belongs_to_a_level_that_it_did_not_read() throws IOException {
        var release = lastRelease();
        var had = new HashSet<>(release.subList(1, release.size()));
        int read = Integer.parseInt(release.getFirst().split(" ")[1]);
        var news = new SchemaReleases(SchemaReleases.FOLDER).index().lines().filter(line -> !had.contains(line))
                .map(line -> line.split(" ")[1].replace(".avsc", "")).toList();

        assertThat(FeatureLevel.NEW_VERSIONS.stream().filter(row -> row.level() > read)
                .map(row -> row.message() + "/v" + row.version())).containsAll(news);
        assertThat(FeatureLevel.WRITTEN).as("what is written is read by the release before").isLessThanOrEqualTo(read);
    }

    private static List<String> lastRelease() throws IOException {
        try (var files = Files.list(RELEASES)) {
            return Files.readAllLines(files.max(Comparator.comparing(FeatureLevelTest::version)).orElseThrow());
        }
    }

    /** So that 0.10.0 comes after 0.9.0. */
    private static String version(Path file) {
        var numbers = file.getFileName().toString().replace(".txt", "").split("\\.");
        return "%05d.%05d.%05d".formatted(Integer.valueOf(numbers[0]), Integer.valueOf(numbers[1]),
                Integer.valueOf(numbers[2]));
    }

    private static long fingerprint(byte[] bytes) {
        return AvroEncoding.fingerprint("RollbackStarted", bytes, 0, bytes.length);
    }
}
