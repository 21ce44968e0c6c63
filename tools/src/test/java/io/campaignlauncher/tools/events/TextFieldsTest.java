package io.campaignlauncher.tools.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFieldsTest {

    private final TextFields texts = new TextFields();

    @ParameterizedTest
    @ValueSource(strings = { "2026-01-31T23:59:59Z", "2026-01-31T23:59:59.1Z", "2026-02-28T00:00:00.123Z",
        "2024-02-29T12:30:01.123456Z", "1999-12-31T23:59:59.999999999Z", "2026-01-01T00:00:00.000000001Z",
        "2026-01-01T00:00:00.100Z", "-0001-01-01T00:00:00Z", "+12026-01-01T00:00:00Z", "2026-01-31T23:59:59.Z" })
    void reads_a_time_as_the_jdk_does(String text) {
        assertThat(time(text)).isEqualTo(Instant.parse(text));
    }

    @Test
    void reads_times_of_many_days_as_the_jdk_does() {
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            var text = Instant.ofEpochSecond(random.nextLong(-2_000_000_000L, 4_000_000_000L),
                    i % 3 == 0 ? 0 : random.nextInt(1_000_000_000)).toString();
            assertThat(time(text)).isEqualTo(Instant.parse(text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "yesterday", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z",
        "2026-01-3aT23:59:59Z", "2026-01-31T23:5x:59.1Z", "2026-01-31T23:59:59.12345678901Z" })
    void refuses_what_is_no_time(String text) {
        assertThatThrownBy(() -> time(text)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void reads_uuids_in_both_cases() {
        var random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            var id = new UUID(random.nextLong(), random.nextLong());
            assertThat(uuid(id.toString())).isEqualTo(id);
            assertThat(uuid(id.toString().toUpperCase(java.util.Locale.ROOT))).isEqualTo(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "f3bd534f-c963-3068-b156-a4d57860e59", "f3bd534f-c963-3068-b156-a4d57860e5921",
        "f3bd534fc963-3068--b156-a4d57860e592", "f3bd534g-c963-3068-b156-a4d57860e592",
        "f3bd534f,c963-3068-b156-a4d57860e592", "f3bd534f-c963-3068-b156-a4d57860e59é" })
    void knows_what_is_no_uuid(String text) {
        assertThat(uuid(text)).isNull();
    }

    @Test
    void gives_the_same_string_for_the_same_name() {
        var one = name("xJobAcceptedx", 1, 12);
        assertThat(one).isEqualTo("JobAccepted");
        assertThat(name("JobAccepted", 0, 11)).isSameAs(one);
        for (int i = 0; i < 1_000; i++) {
            assertThat(name("Name" + i, 0, ("Name" + i).length())).isEqualTo("Name" + i);
        }
        assertThat(name("", 0, 0)).isEmpty();
    }

    private Instant time(String text) {
        var bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
        return texts.time(bytes, 1, bytes.length - 1);
    }

    private @Nullable UUID uuid(String text) {
        var bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
        return texts.uuid(bytes, 1, bytes.length - 1);
    }

    private String name(String text, int from, int to) {
        return texts.name(text.getBytes(StandardCharsets.UTF_8), from, to);
    }
}
