package io.campaignlauncher.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class LookTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final String GOOD = """
            {"entityType":"ad","slotNumber":%d,"known":{"name":"A","status":"created","facebookId":"1"},
             "tables":{"name":"A","status":"created","facebookId":"1"},
             "facebook":{"state":"there","id":"1","name":"A","status":"PAUSED","effectiveStatus":"CAMPAIGN_PAUSED"},
             "differs":[]}""";

    @Test
    void says_in_one_sentence_that_everything_agrees_and_shows_nothing_more() {
        var seen = seen(GOOD.formatted(1), "", "", 0, false);

        assertThat(seen.sentence()).isEqualTo("Everything agrees: what we know, our tables, and Facebook.");
        assertThat(seen.agrees()).isTrue();
        assertThat(seen.rows()).isEmpty();
        assertThat(seen(GOOD.formatted(1), "", "", 0, true).rows()).singleElement().satisfies(row -> {
            assertThat(row.what()).isEqualTo("Ad 1");
            assertThat(row.sameInTables()).isTrue();
            assertThat(row.facebook().status()).isEqualTo("campaign paused");
        });
    }

    @Test
    void says_of_what_could_not_be_read_that_it_could_not_and_not_that_it_agrees() {
        var seen = seen(GOOD.formatted(1).replace("\"there\"", "\"not_readable\",\"reason\":\"try later\""), "",
                "\"try later\"", 0, false);

        assertThat(seen.sentence()).isEqualTo("What could be read agrees.");
        assertThat(seen.agrees()).isFalse();
        assertThat(seen.rows()).singleElement()
                .satisfies(row -> assertThat(row.facebook().reason()).isEqualTo("try later"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            missing       |                 | | It is not on Facebook any more.
            not_shown_yet |                 | | Facebook does not show it yet: reads lag behind what was just made.
            still_there   | x               | | It was taken back, and Facebook still has it.
            name          | Mine            | A | Its name there is “Mine”.
            parent        | 77              | 1 | It is in another ad set there: 77.
            status        | ACTIVE          | PAUSED | Somebody turned it on; it was made paused.
            tables        | status          | | Our tables say something else: status.
            tables        |                 | | Our tables have no such row.
            elsewhere     |                 | | It differs in a way that this page has no words for.""")
    void says_what_differs_in_plain_words(String what, String is, String should, String sentence) {
        var differs = "[{\"what\":\"%s\",\"is\":%s,\"should\":%s}]".formatted(what, quoted(is), quoted(should));

        var seen = seen(GOOD.formatted(1).replace("\"differs\":[]", "\"differs\":" + differs), "", "", 1, false);

        assertThat(seen.sentence()).isEqualTo("1 thing differs.");
        assertThat(seen.rows()).singleElement()
                .satisfies(row -> assertThat(row.differences()).containsExactly(sentence));
    }

    @Test
    void shows_what_no_slot_knows_first() {
        var other = "{\"entityType\":\"ad\",\"id\":\"9\",\"name\":\"X\",\"effectiveStatus\":\"ACTIVE\","
                + "\"hint\":\"no name of the job's\"}";

        var row = seen(GOOD.formatted(1), other, "", 1, true).rows().getFirst();

        assertThat(row.known()).isNull();
        assertThat(row.facebook()).isEqualTo(new Look.OnFacebook(Shown.THERE, "9", "on", ""));
        assertThat(row.differences()).containsExactly("We do not know it: somebody else put it into the campaign.");
    }

    @Test
    void what_was_taken_back_and_is_gone_is_as_it_should_be() {
        var gone = GOOD.formatted(1).replace("\"created\"", "\"rolled_back\"").replace("\"there\"", "\"absent\"");

        assertThat(seen(gone, "", "", 0, true).rows().getFirst().facebook().shown()).isEqualTo(Shown.GONE);
    }

    @Test
    void a_thousand_ads_come_a_hundred_at_a_time() {
        var slots = IntStream.rangeClosed(1, 250).mapToObj(GOOD::formatted).collect(Collectors.joining(","));

        var first = seen(slots, "", "", 0, true);
        assertThat(first.rows()).hasSize(100);
        assertThat(first.previous()).isEmpty();
        assertThat(first.next()).isEqualTo("?all=1&from=100");
        var last = look(slots, "", "", 0, true, 200).seen();
        assertThat(last.rows()).hasSize(50).first().satisfies(row -> assertThat(row.what()).isEqualTo("Ad 201"));
        assertThat(last.next()).isEmpty();
        assertThat(last.previous()).isEqualTo("?all=1&from=100");
        assertThat(look(slots, "", "", 0, true, 999_999).seen().from()).isZero();
    }

    @Test
    void a_look_that_failed_keeps_what_was_seen_before() {
        var look = Look.of(JsonMapper.shared().readTree("""
                {"jobId":"34498280-a3ca","state":"failed","at":"2026-01-01T00:00:00Z","by":"ann","reason":"away",
                 "retryAt":null,"look":null}"""), "", false, 0, AT);

        assertThat(look.isFailed()).isTrue();
        assertThat(look.seen()).isNull();
        assertThat(look.name()).isEqualTo("Launch 34498280");
    }

    @ParameterizedTest
    @CsvSource({ "2025-12-31T23:59:30Z,just now", "2025-12-31T23:59:00Z,1 minute ago",
        "2025-12-31T22:00:00Z,2 hours ago", "2025-12-29T00:00:00Z,3 days ago", "no time,''" })
    void says_how_old_a_look_is(String at, String words) {
        assertThat(Ago.words(at, AT)).isEqualTo(words);
    }

    private static String quoted(String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }

    private static Look.Seen seen(String slots, String others, String notRead, int differing, boolean all) {
        return look(slots, others, notRead, differing, all, 0).seen();
    }

    private static Look look(String slots, String others, String notRead, int differing, boolean all, int from) {
        var look = Look.of(JsonMapper.shared().readTree("""
                {"jobId":"34498280","state":"looked","at":"2026-01-01T00:00:00Z","by":"ann","reason":null,
                 "retryAt":null,"look":{"at":"2026-01-01T00:00:00Z","by":"ann","jobVersion":9,"tablesVersion":9,
                 "status":"completed","settled":true,"readsLagUntil":null,"notRead":[%s],"jobRowDiffers":[],
                 "slots":[%s],"others":[%s],"differing":%d}}""".formatted(notRead, slots, others, differing)),
                "Sale", all, from, AT);
        return Objects.requireNonNull(look);
    }
}
