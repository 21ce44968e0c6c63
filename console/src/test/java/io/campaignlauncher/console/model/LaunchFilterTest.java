package io.campaignlauncher.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchFilterTest {

    @Test
    void the_same_launches_have_the_same_address_in_whatever_order_they_are_asked_for() {
        var given = Map.of("userId", "u 1", "status", "failed,rolled_back", "adAccountId", "1001", "other", "x");
        var filter = LaunchFilter.of(name -> given.getOrDefault(name, ""));

        assertThat(filter.address()).isEqualTo("/console?status=failed,rolled_back&userId=u+1&adAccountId=act_1001");
        assertThat(LaunchFilter.NONE.with("adAccountId", "1001").with("userId", "u 1")
                .with("status", "failed,rolled_back")).isEqualTo(filter);
        assertThat(LaunchFilter.NONE.address()).isEqualTo("/console");
    }

    @Test
    void each_condition_can_be_taken_away_alone() {
        var filter = LaunchFilter.NONE.with("status", "failed,rolled_back").with("userId", "ann");

        assertThat(filter.chips()).containsExactly(
                new LaunchFilter.Chip("State", "failed", "/console?status=rolled_back&userId=ann"),
                new LaunchFilter.Chip("State", "taken back", "/console?status=failed&userId=ann"),
                new LaunchFilter.Chip("User", "ann", "/console?status=failed,rolled_back"));
        assertThat(LaunchFilter.NONE.with("status", "failed").chips()).extracting(LaunchFilter.Chip::address)
                .containsExactly("/console");
    }

    @Test
    void a_day_is_asked_for_from_its_first_moment_to_its_last() {
        var day = LaunchFilter.NONE.with("from", "2026-02-28").with("to", "2026-02-28");

        assertThat(day.query()).containsExactlyInAnyOrderEntriesOf(
                Map.of("from", "2026-02-28T00:00:00Z", "to", "2026-03-01T00:00:00Z"));
        assertThat(LaunchFilter.NONE.with("from", "yesterday").query()).containsEntry("from", "yesterday");
    }
}
