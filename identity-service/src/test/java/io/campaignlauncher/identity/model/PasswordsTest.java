package io.campaignlauncher.identity.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    @ParameterizedTest
    @ValueSource(strings = { "tidy otter", "ααααβββγ", "no-digits-no-capitals", "        .       ", "12 34 56 78 90!" })
    void takes_any_characters_without_rules_of_composition(String password) {
        assertThat(Passwords.mistake(password, "ann")).isNull();
    }

    @Test
    void counts_characters_and_not_bytes_or_halves() {
        assertThat(Passwords.mistake("abcdefg", "")).contains("8 to 128");
        assertThat(Passwords.mistake("🦦🦆🦉🦊🐸🐙🐝", "")).as("7 characters of two halves each").contains("8 to 128");
        assertThat(Passwords.mistake("🦦🦆🦉🦊🐸🐙🐝🐌", "")).isNull();
        assertThat(Passwords.mistake("ab".repeat(64), "")).isNull();
        assertThat(Passwords.mistake("ab".repeat(64) + "c", "")).contains("8 to 128");
    }

    @ParameterizedTest
    @ValueSource(strings = { "password", "PassWord1", "12345678", "iloveyou", "zzzzzzzz", "Admin@123", "qwertyuiop",
        "Campaign-Launcher", "campaignlauncher", "campaign1", "Facebook1", "FacebookAds", "launcher123" })
    void refuses_what_everybody_tries_first(String password) {
        assertThat(Passwords.mistake(password, "ann")).contains("tried first");
    }

    @Test
    void refuses_one_that_holds_the_name() {
        assertThat(Passwords.mistake("my-Annabel-99", "annabel")).isEqualTo("may not hold the name");
        assertThat(Passwords.mistake("my-Annabel-99", "")).isNull();
    }

    @Test
    void the_list_has_some_hundreds_and_none_that_is_too_short_anyway() {
        assertThat(Passwords.blockedCount()).isGreaterThan(500);
    }
}
