package io.campaignlauncher.console.model.market;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Money as people read it. */
class AmountTest {

    @Test
    void has_two_decimals_and_thousands_apart() {
        assertThat(Amount.of("1234567.5").shown()).isEqualTo("1,234,567.50");
        assertThat(Amount.of("0").shown()).isEqualTo("0.00");
        assertThat(Amount.of("99999999999999999.99").shown()).isEqualTo("99,999,999,999,999,999.99");
    }

    @Test
    void says_whether_it_comes_in_or_goes_out() {
        assertThat(Amount.of("10.00").signed()).isEqualTo("+10.00");
        assertThat(Amount.of("-10.00").signed()).isEqualTo("−10.00");
    }

    @Test
    void is_nothing_where_there_is_none() {
        assertThat(Amount.of("").shown()).isEqualTo("0.00");
    }

    @Test
    void is_a_part_of_a_whole() {
        assertThat(Amount.of("10").percentOf(Amount.of("30"))).isEqualTo(33);
        assertThat(Amount.of("60").percentOf(Amount.of("30"))).isEqualTo(100);
        assertThat(Amount.of("10").percentOf(Amount.of("0"))).isZero();
    }
}
