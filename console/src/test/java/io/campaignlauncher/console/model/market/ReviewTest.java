package io.campaignlauncher.console.model.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A case as a moderator sees it. */
class ReviewTest {

    private static JsonNode answer(int version, String versions, String decisions) {
        return JsonMapper.shared().readTree("""
                {"target":{"id":"t","campaignId":"c","campaignName":"Spring","advertiserId":"ann","status":"submitted",
                  "version":%d,"amount":"10.00","place":"telegram","text":"text %d","updatedAt":"2026-01-01T00:00:00Z",
                  "escrow":null,"postJob":null},"versions":[%s],"decisions":[%s]}
                """.formatted(version, version, versions, decisions));
    }

    private static String version(int number) {
        return """
                {"version":%d,"at":"2026-01-01T00:00:00Z","place":"telegram","text":"text %d","amount":"10.00"}"""
                .formatted(number, number);
    }

    private static String rejected(int number, String by, String role) {
        return """
                {"version":%d,"decision":"rejected","reason":"too loud","by":"%s","role":"%s","at":""}"""
                .formatted(number, by, role);
    }

    private static int since(Review review) {
        return Objects.requireNonNull(review.since()).number();
    }

    @Test
    void is_compared_with_the_version_that_was_judged_last() {
        var review = Review.of(
                answer(4, version(1) + "," + version(3) + "," + version(4), rejected(1, "mod", "moderator")),
                "mod", 0);

        assertThat(since(review)).isEqualTo(1);
        assertThat(review.differences()).extracting(Difference::before).containsExactly("text 1");
    }

    @Test
    void is_compared_with_what_this_moderator_saw_where_it_changed_under_their_eyes() {
        var review = Review.of(
                answer(4, version(1) + "," + version(3) + "," + version(4), rejected(1, "mod", "moderator")),
                "mod", 3);

        assertThat(since(review)).isEqualTo(3);
    }

    @Test
    void is_compared_with_the_version_before_where_none_was_judged() {
        assertThat(since(Review.of(answer(2, version(1) + "," + version(2), ""), "mod", 0))).isEqualTo(1);
    }

    @Test
    void has_nothing_to_be_compared_with_at_first() {
        var review = Review.of(answer(1, version(1), ""), "mod", 1);

        assertThat(review.since()).isNull();
        assertThat(review.differences()).isEmpty();
        assertThat(review.isToDecide()).isTrue();
    }

    @Test
    void is_not_decided_by_its_advertiser() {
        var review = Review.of(answer(1, version(1), ""), "ann", 0);

        assertThat(review.own()).isTrue();
        assertThat(review.isToDecide()).isFalse();
    }

    @Test
    void names_who_decided_as_far_as_it_matters() {
        var review = Review.of(answer(9, version(9), String.join(",", rejected(1, "mod", "moderator"),
                rejected(2, "x", "super_admin"), rejected(3, "system", "system"))), "mod", 0);

        assertThat(review.decisions()).extracting(Review.Decision::who)
                .containsExactlyElementsOf(List.of("nobody in time", "another super admin", "you"));
    }
}
