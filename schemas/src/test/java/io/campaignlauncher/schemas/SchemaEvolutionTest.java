package io.campaignlauncher.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check itself is checked: it must see every way to break with a release, and no harm in growth. */
class SchemaEvolutionTest {

    private static final String ENUM = "enum E { UNKNOWN, A, B } = UNKNOWN;";
    private static final String PART = "record Part { string id = \"\"; }";
    private static final String FIELDS = """
            string name = ""; int count = 0; timestamp_ms at; E kind = "UNKNOWN"; union { null, string } note = null;
            array<Part> parts = []; map<string> more = {};
            bytes secret = "\\u0001";""";

    private static final Schema RELEASED = message(FIELDS);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a field is removed                     | int count = 0;       |                              | M.count is gone
            a needed field is removed              | timestamp_ms at;     |                              | cannot read
            a field is renamed                     | int count            | int number                   | M.count is gone
            a field is renamed with an alias       | int count            | int @aliases(["count"]) number | M.count is gone
            a type is changed                      | string name = "";    | int name = 0;                | TYPE_MISMATCH
            a type is widened                      | int count            | long count                   | cannot read
            a text becomes bytes                   | string name          | bytes name                   | M.name was STRING and is BYTES
            a time becomes a number                | timestamp_ms at      | long at                      | another logical type
            a field becomes optional               | int count = 0;       | union { int, null } count = 0; | cannot read
            an option is removed                   | union { null, string } note = null; | string note = ""; | cannot read
            a default is changed                   | count = 0            | count = 1                    | another default
            a default is removed                   | count = 0            | count                        | another default
            a field without a default is added     | int count            | int extra; int count         | READER_FIELD_MISSING_DEFAULT_VALUE
            an item is another record              | array<Part>          | array<Other>                 | cannot read
            """)
    void sees_that(String change, String from, String to, String violation) {
        assertThat(FIELDS).contains(from);
        assertThat(violations(FIELDS.replace(from, to == null ? "" : to))).anyMatch(text -> text.contains(violation));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a symbol is removed                    | , B }                | }                            | lost the symbols [B]
            a symbol is renamed                    | , B }                | , C }                        | lost the symbols [B]
            the default symbol is changed          | = UNKNOWN            | = A                          | another default symbol
            a part's field is removed              | string id = "";      |                              | M.parts[].id is gone
            a part's field is added without default | string id = "";     | string id = ""; int size;    | READER_FIELD_MISSING_DEFAULT_VALUE
            """)
    void sees_within_that(String change, String from, String to, String violation) {
        var types = ENUM + PART;
        assertThat(types).contains(from);
        var evolved = CurrentSchemas.idl("M", types.replace(from, to == null ? "" : to) + record(FIELDS));
        assertThat(SchemaEvolution.violations(evolved, List.of(RELEASED)))
                .anyMatch(text -> text.contains(violation));
    }

    @Test
    void sees_that_an_enum_without_a_default_lost_or_gained_a_symbol() {
        var two = CurrentSchemas.idl("M", "enum E { A, B } record M { E kind; }");
        var one = CurrentSchemas.idl("M", "enum E { A } record M { E kind; }");
        assertThat(SchemaEvolution.violations(one, List.of(two)))
                .anyMatch(text -> text.contains("MISSING_ENUM_SYMBOLS"));
        assertThat(SchemaEvolution.violations(two, List.of(one)))
                .anyMatch(text -> text.contains("MISSING_ENUM_SYMBOLS"));
    }

    @Test
    void compares_with_every_release_and_not_only_the_latest() {
        var withText = message(FIELDS + "string extra = \"\";");
        var withNumber = message(FIELDS + "int extra = 0;");
        assertThat(SchemaEvolution.violations(withNumber, List.of(withText, RELEASED)))
                .anyMatch(text -> text.contains("TYPE_MISMATCH"));
    }

    @Test
    void sees_no_harm_in_growth() {
        assertThat(violations(FIELDS)).isEmpty();
        assertThat(violations("/** Told. */ " + FIELDS + "int extra = 0; union { null, Part } part = null;")).isEmpty();
        assertThat(violations(FIELDS.replace("int count = 0; ", "") + "int count = 0;")).isEmpty();
        var grown = CurrentSchemas.idl("M", ENUM.replace("B }", "B, C }")
                + PART.replace("}", "int size = 0; }") + record(FIELDS));
        assertThat(SchemaEvolution.violations(grown, List.of(RELEASED))).isEmpty();
    }

    private static List<String> violations(String fields) {
        return SchemaEvolution.violations(message(fields), List.of(RELEASED));
    }

    private static Schema message(String fields) {
        return CurrentSchemas.idl("M", ENUM + PART + record(fields));
    }

    private static String record(String fields) {
        return "record Other { string id = \"\"; } record M { " + fields + " }";
    }
}
