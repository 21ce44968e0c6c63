package io.campaignlauncher.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartTimeTest {

    private static final String LOS_ANGELES = "America/Los_Angeles";

    @ParameterizedTest
    @CsvSource({ "2026-12-24T18:00, 2026-12-24T18:00:00", "2026-12-24T18:00:00, 2026-12-24T18:00:00",
        "2026-12-24T18:00+01:00, 2026-12-24T17:00:00Z", "2026-12-24T17:00:00Z, 2026-12-24T17:00:00Z",
        "2026-12-24T17:00:00.000+00:00, 2026-12-24T17:00:00Z", "2026-12-25T01:30:00+08:30, 2026-12-24T17:00:00Z" })
    void one_time_has_one_text(String given, String canonical) {
        assertThat(StartTime.canonical(given)).isEqualTo(canonical);
        assertThat(StartTime.canonical(canonical)).isEqualTo(canonical);
        assertThat(violations(given)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "tomorrow", "now", "2026-12-24", "18:00", "24.12.2026 18:00", "2026-02-30T18:00",
        "2026-12-24T18:00:00.5", "2026-12-24T18:00[Europe/Berlin]", "2026-12-24T18:00 +01:00", "1798135200",
        "+12026-12-24T18:00Z", "-0001-12-24T18:00Z", "2026-12-24T18:00+19:00" })
    void what_is_no_time_is_refused_and_stays_as_it_is(String given) {
        assertThat(StartTime.canonical(given)).isEqualTo(given);
        assertThat(violations(given)).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("startAt");
            assertThat(violation.message()).startsWith("must be a date and a time");
        });
    }

    private static List<Violation> violations(String startAt) {
        var request = new RequestSample();
        request.startAt = startAt;
        return RequestRules.violations(request.build());
    }

    @Property(tries = 200)
    void the_same_instant_has_the_same_text_in_any_offset(@ForAll @IntRange(max = 2_000_000_000) int second,
            @ForAll @IntRange(min = -64_800, max = 64_800) int offset) {
        var instant = Instant.ofEpochSecond(second);
        var elsewhere = instant.atOffset(ZoneOffset.ofTotalSeconds(offset)).toString();

        assertThat(StartTime.canonical(elsewhere)).isEqualTo(StartTime.canonical(instant.toString()));
        assertThat(StartTime.read(elsewhere).orElseThrow().instant(LOS_ANGELES)).isEqualTo(instant);
    }

    @Test
    void a_local_time_is_that_of_the_account() {
        assertThat(local("2026-12-24T18:00", LOS_ANGELES)).isEqualTo("2026-12-25T02:00:00Z");
        assertThat(local("2026-07-24T18:00", LOS_ANGELES)).isEqualTo("2026-07-25T01:00:00Z");
        assertThat(local("2026-12-24T18:00", null)).isNull();
        assertThat(local("2026-12-24T18:00", "Mars/Olympus")).isNull();
        assertThat(local("2026-12-24T18:00Z", null)).isEqualTo("2026-12-24T18:00:00Z");
    }

    /** On 8 March 2026 clocks in Los Angeles go from 2:00 to 3:00. */
    @Test
    void a_local_time_that_clocks_leave_out_comes_as_much_later() {
        assertThat(local("2026-03-08T02:30", LOS_ANGELES)).isEqualTo(local("2026-03-08T03:30", LOS_ANGELES))
                .isEqualTo("2026-03-08T10:30:00Z");
    }

    /** On 1 November 2026 clocks in Los Angeles go back from 2:00 to 1:00. */
    @Test
    void of_a_local_time_that_is_there_twice_the_first_counts() {
        assertThat(local("2026-11-01T01:30", LOS_ANGELES)).isEqualTo("2026-11-01T08:30:00Z");
    }

    private static Instant local(String text, String zone) {
        return StartTime.read(text).orElseThrow().instant(zone);
    }
}
