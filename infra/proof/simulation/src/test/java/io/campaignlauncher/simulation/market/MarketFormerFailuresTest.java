package io.campaignlauncher.simulation.market;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Seeds that broke a promise once. They hit what they are named for until the simulation draws its dice in another order; the rules
 * themselves have tests of their own where they are.
 */
class MarketFormerFailuresTest {

    @ParameterizedTest
    @ValueSource(longs = 1_396)
    void a_last_look_waits_for_the_report_of_its_post_which_waits_after_an_outage(long seed) {
        assertThat(new MarketSimulation(MarketSettings.defaults()).run(seed, null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = { 98_149, 140_452 })
    void a_post_that_nobody_can_read_after_its_money_came_back_is_for_a_person(long seed) {
        assertThat(new MarketSimulation(MarketSettings.defaults()).run(seed, null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = 13_212)
    void a_post_that_was_lost_with_a_database_twice_is_looked_for_from_where_the_first_one_was_lost(long seed) {
        assertThat(new MarketSimulation(MarketSettings.defaults()).run(seed, null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = { 65_187, 84_158 })
    void a_post_that_a_person_has_named_is_not_taken_back_with_another_job_of_its_channel(long seed) {
        assertThat(new MarketSimulation(MarketSettings.defaults()).run(seed, null)).isEmpty();
    }
}
