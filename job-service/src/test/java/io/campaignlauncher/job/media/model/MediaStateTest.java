package io.campaignlauncher.job.media.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.media.model.MediaState.Look;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MediaStateTest {

    @ParameterizedTest
    @CsvSource({ "FINISHING,UNFINISHED,FINISHING", "PROCESSING,UNFINISHED,FINISHING", "UPLOADING,UNFINISHED,UPLOADING",
        "FINISHING,PROCESSING,PROCESSING", "PROCESSING,READY,READY", "PROCESSING,ERROR,ERROR", "READY,GONE,EXPIRED",
        "UPLOADING,GONE,EXPIRED" })
    void is_what_facebook_shows_and_what_facebook_did_not_hear_is_told_once_more(MediaState before, Look look,
            MediaState after) {
        assertThat(before.seen(look)).isEqualTo(after);
    }

    @ParameterizedTest
    @EnumSource(MediaState.class)
    void facebook_is_asked_only_where_it_has_every_byte(MediaState state) {
        assertThat(state.isFacebooksTurn() && state.isOver()).isFalse();
    }

    @Test
    void only_what_came_to_nothing_may_be_started_anew() {
        assertThat(Arrays.stream(MediaState.values()).filter(MediaState::isOver)).containsExactly(MediaState.ERROR,
                MediaState.EXPIRED);
    }
}
