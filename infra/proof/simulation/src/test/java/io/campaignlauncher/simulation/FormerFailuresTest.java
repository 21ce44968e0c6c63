package io.campaignlauncher.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Seeds that broke a promise once. They hit what they are named for until the simulation draws its dice in another order; the
 * rules themselves have tests of their own in the services.
 */
class FormerFailuresTest {

    @ParameterizedTest
    @ValueSource(longs = { 15_727, 45_079, 58_245, 165_136 })
    void an_ad_is_not_made_again_when_somebody_copied_the_ad_set_that_it_is_in(long seed) {
        assertThat(new LaunchSimulation(Settings.defaults()).run(seed, null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = { 22_698, 24_665, 57_497, 81_208, 167_877 })
    void a_job_that_could_not_look_again_has_told_of_what_it_may_have_made_beside_a_copy(long seed) {
        assertThat(new LaunchSimulation(Settings.defaults()).run(seed, null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = 2_083_457)
    void what_a_stranger_began_after_a_pass_had_looked_may_go_with_a_late_request_of_that_pass(long seed) {
        assertThat(new LaunchSimulation(Settings.defaults()).run(seed, null)).isEmpty();
    }

    /** It asked for room for ever: what it got was in two halves each time. */
    @ParameterizedTest
    @ValueSource(longs = 113_712)
    void a_rollback_whose_next_request_is_as_large_as_the_accounts_pace_gets_on(long seed) {
        assertThat(new LaunchSimulation(Settings.defaults()).run(seed, null)).isEmpty();
    }

    /** Found by letting jobs believe what Facebook says of a deletion. */
    @ParameterizedTest
    @ValueSource(longs = { 1_129, 3_685 })
    void a_slot_whose_entity_was_only_said_to_be_deleted_is_not_called_rolled_back(long seed) {
        assertThat(new LaunchSimulation(Settings.defaults()).run(seed, null)).isEmpty();
    }
}
