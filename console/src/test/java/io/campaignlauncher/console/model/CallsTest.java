package io.campaignlauncher.console.model;

import static io.campaignlauncher.console.model.CallsJson.ads;
import static io.campaignlauncher.console.model.CallsJson.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.console.model.Calls.Call;
import io.campaignlauncher.console.model.Calls.Line;
import io.campaignlauncher.console.model.Calls.Wait;
import io.campaignlauncher.console.model.Waterfall.Bar;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallsTest {

    private static List<Call> calls(Calls calls) {
        return calls.rows().stream().filter(Call.class::isInstance).map(Call.class::cast).toList();
    }

    @Test
    void says_what_each_call_was_for_and_who_made_it() {
        var shown = new CallsJson()
                .call("verifier-service", "check_account", 1, 0, 10, "sent", entry("GET", "{account}", null, 0, "sent"))
                .call("creator-service", "look", 2, 10, 10, "sent",
                        entry("GET", "{account}/campaigns", "campaign", 0, "sent"))
                .call("creator-service", "create", 2, 20, 10, "sent",
                        entry("POST", "{account}/campaigns", "campaign", 1, "sent"))
                .call("creator-service", "create", 2, 30, 10, "sent", ads(4, 6))
                .call("rollback-service", "delete", 1, 40, 10, "sent", entry("DELETE", "{id}", "ad_set", 2, "sent"))
                .call("job-service", "look", 0, 50, 10, "sent",
                        entry("GET", "{account}/campaigns", "campaign", 0, "sent"),
                        entry("GET", "{id}/ads", "ad", 0, "sent"))
                .shown();

        assertThat(calls(shown)).extracting(Call::what).containsExactly("Check the ad account", "Look for the campaign",
                "Create campaign", "Create ads 4–6", "Delete ad set 2", "Look at Facebook");
        assertThat(calls(shown)).extracting(Call::by).containsExactly("Checking, check 1", "Creating, round 2",
                "Creating, round 2", "Creating, round 2", "Taking back, pass 1", "Looking");
        assertThat(calls(shown)).extracting(Call::sent).startsWith("+0.00 s", "+0.01 s");
    }

    @Test
    void folds_the_entries_that_went_well_and_tells_the_others_one_by_one() {
        var shown = new CallsJson().call("creator-service", "create", 1, 0, 10, "refused",
                entry("POST", "{account}/adsets", "ad_set", 3, "sent"),
                entry("POST", "{account}/ads", "ad", 7, "refused"),
                entry("POST", "{account}/ads", "ad", 8, "sent"), entry("POST", "{account}/ads", "ad", 9, "unknown"))
                .shown();

        var call = calls(shown).getFirst();
        assertThat(call.what()).isEqualTo("Create ad set 3, ads 7–9");
        assertThat(call.summary()).isEqualTo("4 operations, 2 not well");
        assertThat(call.entries()).containsExactly(new Line(CallOutcome.SENT, "ad set 3, ad 8", ""),
                new Line(CallOutcome.REFUSED, "ad 7", "Facebook said <b>no</b> to it (100)"),
                new Line(CallOutcome.UNKNOWN, "ad 9", "Facebook said <b>no</b> to it"));
    }

    @Test
    void a_call_of_one_operation_that_went_well_has_nothing_to_fold() {
        var shown = new CallsJson().call("creator-service", "create", 1, 0, 10, "sent",
                entry("POST", "{account}/campaigns", "campaign", 1, "sent")).shown();

        assertThat(calls(shown).getFirst().entries()).isEmpty();
    }

    @Test
    void tells_waits_with_what_the_history_says_of_them() {
        var entry = entry("POST", "{account}/campaigns", "campaign", 1, "unknown");
        var shown = new CallsJson().call("creator-service", "create", 1, 0, 3_000, "unknown", entry)
                .event(3_100, "RetryScheduled", "{\"retryCount\":2}")
                .call("creator-service", "create", 2, 19_000, 100, "sent", entry)
                .call("creator-service", "create", 2, 21_000, 100, "sent", entry)
                .call("creator-service", "create", 2, 90_000, 100, "sent", entry).shown();

        assertThat(shown.rows().stream().filter(Wait.class::isInstance).map(Wait.class::cast))
                .extracting(Wait::sentence).containsExactly("Waits 16.0 s (retry 2)", "Waits 1 min 8 s");
        assertThat(shown.picture().gaps()).extracting(Waterfall.Gap::label).containsExactly("16.0 s", "1 min 8 s");
    }

    @Test
    void a_call_that_is_still_under_way_beside_others_leaves_no_wait() {
        var entry = entry("GET", "{id}", null, 0, "sent");
        var shown = new CallsJson().call("verifier-service", "verify", 1, 0, 20_000, "sent", entry)
                .call("verifier-service", "verify", 1, 10, 5, "sent", entry)
                .call("verifier-service", "verify", 1, 19_000, 5, "sent", entry).shown();

        assertThat(shown.rows()).noneMatch(Wait.class::isInstance);
    }

    @Test
    void bars_are_within_the_picture_and_lie_over_no_other_and_in_no_gap() {
        var picture = CallsJson.large().shown().picture();

        var bars = picture.lanes().stream().flatMap(lane -> lane.bars().stream()).toList();
        assertThat(bars).hasSize(93).allSatisfy(bar -> {
            assertThat(bar.x()).isNotNegative();
            assertThat(bar.x() + bar.width()).isLessThanOrEqualTo(Waterfall.WIDTH);
            assertThat(bar.y() + Waterfall.BAR_HEIGHT).isLessThan(picture.height());
        });
        assertThat(bars).extracting(Bar::number).doesNotHaveDuplicates();
        for (var one : bars) {
            assertThat(bars).filteredOn(other -> other != one && other.y() == one.y()
                    && other.x() < one.x() + one.width() && one.x() < other.x() + other.width()).isEmpty();
        }
        assertThat(picture.gaps()).hasSize(21).allSatisfy(gap -> assertThat(bars)
                .filteredOn(bar -> bar.x() >= gap.x() && bar.x() < gap.x() + gap.width() - 1).isEmpty());
    }

    @Test
    void without_calls_there_is_no_picture() {
        assertThat(new CallsJson().shown().picture().lanes()).isEmpty();
    }

    @Test
    void writes_times_as_people_do() {
        assertThat(Calls.took(Duration.ofMillis(412))).isEqualTo("412 ms");
        assertThat(Calls.took(Duration.ofMillis(3_210))).isEqualTo("3.2 s");
        assertThat(Calls.took(Duration.ofSeconds(125))).isEqualTo("2 min 5 s");
        assertThat(Calls.took(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
        assertThat(Calls.took(Duration.ofMillis(-5))).isEqualTo("0 ms");
    }
}
