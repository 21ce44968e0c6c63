package io.campaignlauncher.market.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an amount may be. */
class MoneyTest {

    @ParameterizedTest
    @CsvSource({ "10,10.00", "10.5,10.50", "0.01,0.01", "007,7.00", "999999999999.99,999999999999.99" })
    void reads_decimal_digits(String text, String amount) {
        assertThat(Money.of(text)).hasToString(amount);
    }

    @ParameterizedTest
    @CsvSource({ "100.001,decimals", "1.000,decimals", "0,above zero", "0.00,above zero", "-1,above zero",
        "1000000000000,at most", "1e3,digits", "1.5f,digits", "NaN,digits", "'',digits", "' 1',digits", "+1,digits",
        "1.,digits", ".5,digits", "'1,5',digits", "0x10,digits", "١٢,digits" })
    void says_what_is_wrong(String text, String mistake) {
        assertThat(Money.mistake(text)).contains(mistake);
        assertThatThrownBy(() -> Money.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_amount_that_no_column_holds_is_none() {
        var largest = new Money(new BigDecimal("99999999999999999.99"));
        assertThatThrownBy(() -> largest.plus(Money.of("0.01"))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(new BigDecimal("0.001"))).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource({ "10.00,1000,1.00", "0.09,1000,0.00", "0.19,1000,0.01", "10.00,0,0.00", "10.00,10000,10.00",
        "33.33,333,1.10" })
    void a_part_leaves_out_what_is_less_than_a_hundredth(String amount, int basisPoints, String part) {
        assertThat(Money.of(amount).part(basisPoints)).hasToString(part);
    }

    @ParameterizedTest
    @ValueSource(strings = { "0.01", "10.00", "999999999999.99" })
    void equal_amounts_are_equal_however_they_are_written(String text) {
        assertThat(Money.of(text)).isEqualTo(new Money(new BigDecimal(text).setScale(2)))
                .isEqualByComparingTo(Money.of(text));
    }
}
