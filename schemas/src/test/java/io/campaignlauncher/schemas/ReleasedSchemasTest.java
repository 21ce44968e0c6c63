package io.campaignlauncher.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

/** Keeps the schemas and their releases in step: what was ever written stays readable, by all who ever could read it. */
class ReleasedSchemasTest {

    /** Needed from the first version on: a made-up time would be worse than none. No other field may be added without default. */
    private static final List<String> WITHOUT_DEFAULT = List.of("RetryScheduled.at", "RateLimitReached.until",
            "LookScheduled.at", "LaunchScheduled.startAt");

    private final SchemaReleases releases = new SchemaReleases(SchemaReleases.FOLDER);

    @Test
    void no_message_breaks_with_what_was_released() {
        assertThat(releases.violations(CurrentSchemas.messages())).isEmpty();
    }

    @Test
    void every_message_is_released_as_it_is_now() {
        assertThat(CurrentSchemas.messages().stream().filter(message -> !releases.holds(message)).map(Schema::getName))
                .as("not released as they are now; run: %s", SchemaReleases.COMMAND)
                .isEmpty();
    }

    @Test
    void the_index_names_every_released_file_with_its_fingerprint() {
        assertThat(releases.indexAsItIs()).as("a released file was changed or added by hand")
                .isEqualTo(releases.index());
    }

    @Test
    void every_released_schema_is_found_by_its_fingerprint() {
        for (var message : releases.versions().keySet()) {
            for (var schema : releases.of(message)) {
                var found = ReleasedSchemas.find(message, SchemaNormalization.parsingFingerprint64(schema));
                assertThat(found).isNotNull();
                assertThat(SchemaReleases.fingerprint(Objects.requireNonNull(found)))
                        .isEqualTo(SchemaReleases.fingerprint(schema));
            }
        }
    }

    @Test
    void the_generated_classes_have_the_fingerprints_of_the_latest_releases() {
        for (var type : CurrentSchemas.messageClasses()) {
            assertThat(SchemaReleases.fingerprint(Samples.schema(type)))
                    .isEqualTo(SchemaReleases.fingerprint(releases.of(type.getSimpleName()).getLast()));
        }
    }

    @Test
    void every_type_and_every_field_is_documented() {
        assertThat(CurrentSchemas.types())
                .allSatisfy(type -> assertThat(type.getDoc()).as(type.getName()).isNotBlank());
        assertThat(fields()).allSatisfy(field -> assertThat(field.field().doc()).as(field.path()).isNotBlank());
    }

    @Test
    void every_enum_has_a_default_symbol_so_that_it_can_grow() {
        assertThat(CurrentSchemas.types().stream().filter(type -> type.getType() == Schema.Type.ENUM))
                .isNotEmpty()
                .allSatisfy(type -> assertThat(type.getEnumDefault()).as(type.getName()).isEqualTo("UNKNOWN"));
    }

    @Test
    void every_field_has_a_default_but_the_times_of_the_waits() {
        assertThat(fields().filter(field -> !field.field().hasDefaultValue()).map(Field::path))
                .containsExactlyInAnyOrderElementsOf(WITHOUT_DEFAULT);
    }

    @Test
    void what_may_be_absent_is_absent_by_default() {
        assertThat(fields().filter(field -> field.field().schema().isUnion()))
                .isNotEmpty()
                .allSatisfy(field -> assertThat(field.field().defaultVal()).as(field.path())
                        .isEqualTo(JsonProperties.NULL_VALUE));
    }

    private record Field(String path, Schema.Field field) {}

    private static Stream<Field> fields() {
        return CurrentSchemas.types().stream()
                .filter(type -> type.getType() == Schema.Type.RECORD)
                .flatMap(type -> type.getFields().stream()
                        .map(field -> new Field(type.getName() + "." + field.name(), field)));
    }
}
