package io.campaignlauncher.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaReleasesTest {

    private static final Schema FIRST = CurrentSchemas.idl("M", "record M { string a = \"\"; }");
    private static final Schema GROWN = CurrentSchemas.idl("M", "record M { string a = \"\"; int b = 0; }");

    @TempDir
    private Path folder;

    @Test
    void writes_the_first_version_of_each_message() throws Exception {
        var other = CurrentSchemas.idl("N", "record N { int n = 0; }");
        assertThat(releases().release(List.of(FIRST, other))).containsExactly("M/v1.avsc", "N/v1.avsc");
        assertThat(Files.readString(folder.resolve("index.txt"))).isEqualTo(SchemaReleases.fingerprint(FIRST)
                + " M/v1.avsc\n" + SchemaReleases.fingerprint(other) + " N/v1.avsc\n");
        assertThat(releases().of("M")).containsExactly(FIRST);
    }

    @Test
    void writes_nothing_for_a_message_that_has_not_changed() {
        releases().release(List.of(FIRST));
        assertThat(releases().release(List.of(FIRST))).isEmpty();
        assertThat(releases().release(List.of(CurrentSchemas.idl("M", "/** Told. */ record M { string a = \"\"; }"))))
                .isEmpty();
    }

    @Test
    void writes_the_next_version_beside_the_earlier_ones() throws Exception {
        releases().release(List.of(FIRST));
        var first = Files.readString(folder.resolve("M/v1.avsc"));
        assertThat(releases().holds(GROWN)).isFalse();
        assertThat(releases().release(List.of(GROWN))).containsExactly("M/v2.avsc");
        assertThat(releases().holds(GROWN)).isTrue();
        assertThat(releases().of("M")).containsExactly(FIRST, GROWN);
        assertThat(releases().latestFile("M")).isEqualTo("M/v2.avsc");
        assertThat(Files.readString(folder.resolve("M/v1.avsc"))).isEqualTo(first);
        assertThat(releases().indexAsItIs()).isEqualTo(releases().index()).hasLineCount(2);
    }

    @Test
    void refuses_a_message_that_breaks_with_an_earlier_version_and_writes_nothing() {
        releases().release(List.of(GROWN));
        var other = CurrentSchemas.idl("N", "record N { int n = 0; }");
        assertThatThrownBy(() -> releases().release(List.of(other, FIRST)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("M.b is gone");
        assertThat(releases().versions()).containsOnlyKeys("M");
        assertThat(releases().of("M")).containsExactly(GROWN);
    }

    @Test
    void refuses_to_go_on_without_a_message_that_was_released() {
        releases().release(List.of(FIRST));
        assertThatThrownBy(() -> releases().release(List.of())).hasMessageContaining("M was released and is gone");
    }

    private SchemaReleases releases() {
        return new SchemaReleases(folder);
    }
}
