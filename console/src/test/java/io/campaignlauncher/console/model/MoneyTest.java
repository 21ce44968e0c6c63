package io.campaignlauncher.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    private static final Money DOLLARS = new Money("act_1", "USD", 2);
    private static final Money YEN = new Money("act_2", "JPY", 0);

    @Test
    void counts_in_the_smallest_unit_of_the_currency() {
        assertThat(DOLLARS.minorUnits("20")).contains(2_000L);
        assertThat(DOLLARS.minorUnits("20.5")).contains(2_050L);
        assertThat(YEN.minorUnits("20")).contains(20L);
        assertThat(YEN.minorUnits("20.00")).contains(20L);
        assertThat(DOLLARS.amount(2_050)).isEqualTo("20.50");
        assertThat(YEN.amount(2_050)).isEqualTo("2050");
    }

    @Test
    void takes_no_part_of_the_smallest_unit() {
        assertThat(YEN.minorUnits("20.50")).isEmpty();
        assertThat(DOLLARS.minorUnits("20.505")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "1,234", "1.234,50", "€15", "-5", "1e3", "20 USD", "9999999999999999" })
    void guesses_nothing(String amount) {
        assertThat(DOLLARS.minorUnits(amount)).isEmpty();
    }
}
