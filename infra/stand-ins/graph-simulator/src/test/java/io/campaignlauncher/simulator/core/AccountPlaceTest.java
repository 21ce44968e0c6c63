package io.campaignlauncher.simulator.core;

import static io.campaignlauncher.simulator.core.Api.ACCOUNT;
import static io.campaignlauncher.simulator.core.Api.adSetOf;
import static io.campaignlauncher.simulator.core.Api.error;
import static io.campaignlauncher.simulator.core.Api.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountPlaceTest {

    private static final String FIELDS = "currency,timezone_name,timezone_offset_hours_utc,min_daily_budget";

    private final Api api = new Api();

    private String account(String account) {
        return api.get(account, "fields", FIELDS).json().toString();
    }

    @ParameterizedTest
    @CsvSource({ "USD,100,1.00 USD", "EUR,90,0.90 EUR", "JPY,150,150 JPY", "VND,25000,25000 VND", "HUF,360,360 HUF" })
    void counts_budgets_in_the_smallest_part_that_a_currency_has(String currency, long least, String text) {
        api.simulator.world().place(ACCOUNT, AccountPlace.of(currency, "Asia/Tokyo"));
        var campaign = api.campaign("Sale");
        var refused = api.post(ACCOUNT + "/adsets", adSetOf(campaign, "Set", "daily_budget", "" + (least - 1)));
        assertThat(outcome(refused)).isEqualTo("100/1885272");
        assertThat(error(refused).path("error_user_msg").asString()).endsWith("at least " + text + ".");
        assertThat(outcome(api.post(ACCOUNT + "/adsets", adSetOf(campaign, "Set", "daily_budget", "" + least))))
                .isEqualTo("ok");
        var minimum = api.get(ACCOUNT + "/minimum_budgets").json().path("data").get(0);
        assertThat(minimum.path("currency").asString()).isEqualTo(currency);
        assertThat(minimum.path("min_daily_budget_low_freq").asLong()).isEqualTo(40 * least);
        assertThat(account(ACCOUNT)).contains("\"currency\":\"" + currency + "\"", "\"min_daily_budget\":" + least);
    }

    @Test
    void tells_how_many_hours_an_account_is_ahead_at_this_time_of_the_year() {
        assertThat(account(ACCOUNT)).contains("\"timezone_name\":\"America/Los_Angeles\"",
                "\"timezone_offset_hours_utc\":-8,");
        api.now = Instant.parse("2026-07-01T12:00:00Z");
        assertThat(account(ACCOUNT)).contains("\"timezone_offset_hours_utc\":-7,");
        api.simulator.world().place(ACCOUNT, AccountPlace.of("INR", "Asia/Kolkata"));
        assertThat(account(ACCOUNT)).contains("\"timezone_name\":\"Asia/Kolkata\"",
                "\"timezone_offset_hours_utc\":5.5,");
    }

    @Test
    void gives_new_accounts_the_place_that_the_rules_name() {
        var japanese = new Api(GraphRules.DEFAULTS.withNewAccounts(AccountPlace.of("JPY", "Asia/Tokyo")));
        assertThat(japanese.get("act_9", "fields", FIELDS).json().toString()).startsWith(
                "{\"currency\":\"JPY\",\"timezone_name\":\"Asia/Tokyo\",\"timezone_offset_hours_utc\":9,");
    }

    @Test
    void knows_no_other_currencies_and_time_zones() {
        assertThatThrownBy(() -> AccountPlace.of("XYZ", "Asia/Tokyo")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AccountPlace.of("JPY", "Asia/Nowhere")).isInstanceOf(IllegalArgumentException.class);
    }
}
