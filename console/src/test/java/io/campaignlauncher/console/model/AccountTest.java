package io.campaignlauncher.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class AccountTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String CREDENTIAL = """
            {"credentialId":"main","owner":null,"storedAt":"2025-12-31T00:00:00Z","readable":true,
             "check":{"result":"passed","at":"2025-12-31T00:00:00Z","tokenExpiresAt":%s}}""";

    @Test
    void an_account_with_room_warns_of_nothing() {
        var account = account("{\"changesNow\":12,\"pausedUntil\":null,\"waiting\":0}",
                "{\"percent\":12.4,\"at\":\"2025-12-31T23:00:00Z\"}", 0, CREDENTIAL.formatted("null"));

        assertThat(account.warnings()).isEmpty();
        assertThat(account.used()).isEqualTo(new Bar("used", "Used of the limit", 12, 100));
        assertThat(account.usedAge()).isEqualTo("1 hour ago");
        assertThat(account.pace()).isEqualTo("12 at this moment, 100 a second at most");
        assertThat(account.doneIn()).isEmpty();
        assertThat(account.credentials()).singleElement().satisfies(one -> {
            assertThat(one.owner()).isEqualTo("everybody");
            assertThat(one.age()).isEqualTo("24 hours ago");
            assertThat(one.check()).isEqualTo("Facebook took it");
        });
    }

    @Test
    void says_of_what_is_kept_elsewhere_that_it_is_not_known() {
        var account = account("null", "null", 5, CREDENTIAL.formatted("null"));

        assertThat(account.waitingWords()).isEqualTo("not known here");
        assertThat(account.used()).isNull();
        assertThat(account.pace()).isEqualTo("not known here, 100 a second at most");
    }

    @Test
    void warns_of_a_limit_that_is_met_and_of_one_that_is_near() {
        assertThat(account("{\"changesNow\":0,\"pausedUntil\":\"2026-01-01T00:01:00Z\",\"waiting\":3}",
                "{\"percent\":112,\"at\":\"2025-12-31T23:00:00Z\"}", 0, CREDENTIAL.formatted("null")).warnings())
                .containsExactly("Left alone, because a limit of Facebook was met.", "Most of the limit is used.");
    }

    @ParameterizedTest
    @CsvSource({ "2025-12-31T23:59:59Z,The token of main has expired.",
        "2026-01-01T01:00:00Z,The token of main expires within 1 day.",
        "2026-01-07T23:00:00Z,The token of main expires within 7 days.", "2026-01-09T00:00:00Z,''",
        "some day,When the token of main expires cannot be read." })
    void warns_of_a_token_that_is_about_to_end(String expiresAt, String warning) {
        assertThat(String.join("", account("null", "null", 0, CREDENTIAL.formatted("\"" + expiresAt + "\""))
                .warnings())).isEqualTo(warning);
    }

    @Test
    void warns_where_no_credential_may_be_used() {
        assertThat(account("null", "null", 0, "").warnings())
                .containsExactly("No credential of yours may be used for it.");
    }

    @ParameterizedTest
    @CsvSource({ "0,''", "1,about 1 second", "89,about 89 seconds", "90,about 2 minutes", "3600,about 60 minutes" })
    void says_in_words_when_what_is_wanted_is_done(long seconds, String words) {
        assertThat(account("null", "null", seconds, "").doneIn()).isEqualTo(words);
    }

    private static Account account(String pace, String usage, long wait, String credentials) {
        return Account.of(JsonMapper.shared().readTree("""
                {"adAccountId":"act_1","running":1,"changesLeft":4,"latestLaunchAt":null,"changesPerSecondMax":100,
                 "expectedWaitSeconds":%d,"pace":%s,"usage":%s,"credentials":[%s]}"""
                .formatted(wait, pace, usage, credentials)), NOW);
    }
}
