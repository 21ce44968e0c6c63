package io.campaignlauncher.telegram;

import static io.campaignlauncher.telegram.Answering.CHANNEL;
import static io.campaignlauncher.telegram.Answering.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.Rights;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bot lacks in a channel. */
class ChannelChecksIT {

    private static final String NAME = TelegramSimulator.CHANNEL;

    private final Answering answering = new Answering();

    @AfterEach
    void close() {
        answering.close();
    }

    private ChannelCheck check(String chat, boolean readsPosts) {
        return outcome(ChannelChecks.of(answering.telegram, TelegramSimulator.BOT_ID, readsPosts).check(chat));
    }

    @Test
    void knows_a_channel_by_its_name_and_by_its_number() {
        var ready = new ChannelCheck.Ready(CHANNEL, "Launch demo", "launch_demo");

        assertThat(check(NAME, true)).isEqualTo(ready);
        assertThat(check(Long.toString(CHANNEL), true)).isEqualTo(ready);
        assertThat(check(Long.toString(Answering.LOG), false))
                .isEqualTo(new ChannelCheck.Ready(Answering.LOG, "Log", null));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "@", "launch_demo", "@launch demo", "@launch_demo\n", "17", "-", "-0", "-1e9",
        "-99999999999999999999" })
    void asks_telegram_nothing_about_what_names_no_channel(String chat) {
        answering.close();

        assertThat(check(chat, true)).isEqualTo(
                new ChannelCheck.Lacking("a channel is named by @name or by its number, which is negative"));
    }

    @Test
    void says_what_the_bot_may_not() {
        answering.simulator.world().setMembership(NAME, TelegramSimulator.BOT_ID,
                Membership.administrator(Rights.NONE));
        assertThat(check(NAME, true))
                .isEqualTo(new ChannelCheck.Lacking("the bot may not post there (can_post_messages)"));
        answering.simulator.world().setMembership(NAME, TelegramSimulator.BOT_ID, Membership.MEMBER);
        assertThat(check(NAME, true)).isInstanceOf(ChannelCheck.Lacking.class);
        assertThat(check("@nowhere", true)).isEqualTo(new ChannelCheck.Lacking("Bad Request: chat not found"));
    }

    @Test
    void wants_posts_that_stay_and_can_be_read() {
        answering.simulator.world().setProtected(NAME, true);
        assertThat(check(NAME, true))
                .isEqualTo(new ChannelCheck.Lacking("its content is protected: posts cannot be read back"));
        assertThat(check(NAME, false)).isInstanceOf(ChannelCheck.Ready.class);
        answering.simulator.world().setAutoDelete(NAME, 86_400);
        assertThat(check(NAME, false))
                .isEqualTo(new ChannelCheck.Lacking("its messages are deleted after 86400 s"));
    }

    @Test
    void wants_no_right_to_edit_where_posts_are_known_by_their_place_alone() {
        answering.simulator.world().setMembership(NAME, TelegramSimulator.BOT_ID,
                Membership.administrator(Rights.ALL));

        assertThat(check(NAME, true)).isInstanceOf(ChannelCheck.Ready.class);
        assertThat(check(NAME, false)).isInstanceOf(ChannelCheck.Lacking.class);
    }

    @Test
    void lacks_nothing_that_is_known_while_telegram_is_away() {
        try (var nowhere = HttpTelegram.over(TelegramSettings.towards(URI.create("http://127.0.0.1:1")),
                new BotToken(TelegramSimulator.TOKEN), null)) {
            assertThat(outcome(ChannelChecks.of(nowhere, TelegramSimulator.BOT_ID, true).check(NAME)))
                    .isInstanceOf(ChannelCheck.Unanswered.class);
        }
    }
}
