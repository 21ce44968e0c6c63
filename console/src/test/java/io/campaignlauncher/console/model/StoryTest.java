package io.campaignlauncher.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class StoryTest {

    @Test
    void says_how_many_of_each_kind_were_made() {
        assertThat(sentence("SlotsCreated", """
                {"round":1,"slots":[{"entityType":"AD_SET"},{"entityType":"AD"},{"entityType":"AD"}]}"""))
                .isEqualTo("Made: 1 ad set, 2 ads.");
        assertThat(sentence("SlotsCreated", """
                {"round":0,"slots":[{"entityType":"CAMPAIGN"}]}""")).isEqualTo("Found on Facebook: the campaign.");
    }

    @Test
    void says_why_facebook_did_not_make_something() {
        assertThat(sentence("SlotsFailed", """
                {"slots":[{"entityType":"AD"}],"faults":[{"message":"Please reduce the amount of data"}]}"""))
                .isEqualTo("Facebook did not make 1 ad, because: Please reduce the amount of data.");
    }

    @Test
    void says_who_decided_and_why() {
        assertThat(sentence("JobCancelled", """
                {"userId":"boss","reason":"the wrong creative"}"""))
                .isEqualTo("boss stopped the launch: the wrong creative.");
        assertThat(sentence("RollbackDeclined", "{\"userId\":\"\",\"reason\":\"\"}"))
                .isEqualTo("Somebody decided to keep what exists.");
        assertThat(sentence("RollbackStarted", "{\"confirmedBy\":\"boss\",\"confirmationReason\":\"too late\"}"))
                .isEqualTo("boss decided to delete what exists: too late.");
    }

    @ParameterizedTest
    @ValueSource(strings = { "JobAccepted", "PreVerificationRequested", "PreVerificationCompleted", "CreationRequested",
        "SlotsCreated", "SlotsFailed", "CreationRoundEnded", "RetryScheduled", "RateLimitReached", "LookScheduled",
        "VerificationRequested", "VerificationCompleted", "SlotsReopened", "RollbackProposed", "RollbackDeclined",
        "JobCancelled", "LaunchScheduled", "LaunchRescheduled", "RollbackStarted", "DeletionRequested",
        "EntitiesSnapshotted", "EntitiesDeleted",
        "DeletionPassEnded", "JobCompleted", "JobFailed", "JobRolledBack" })
    void has_words_for_every_event_even_without_its_payload_and_names_none(String type) {
        assertThat(sentence(type, "null")).isNotEqualTo(sentence("Unheard", "null")).doesNotContain(type);
    }

    private static String sentence(String type, String payload) {
        return Story.sentence(type, JsonMapper.shared().readTree(payload));
    }
}
