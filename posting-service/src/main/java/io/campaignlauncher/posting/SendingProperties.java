package io.campaignlauncher.posting;

import io.campaignlauncher.posting.model.TelegramPostingSettings;
import io.campaignlauncher.telegram.TelegramProperties;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How posts are sent and looked for, as settings say it; {@link TelegramPostingSettings} refuses what breaks a rule.
 *
 * @param settleDelay      how long after its end a request may still post; an assumption: Telegram promises no bound
 * @param scanGap          message numbers without a message in a row after which the end of a channel is reached, 1 or more
 * @param maxAttempts      attempts that may be looked for in vain before a person decides, 1 or more
 * @param perChatInterval  between two posts in a channel
 * @param overallPerSecond requests of the bot in a second from this process; 0: no bound
 */
@ConfigurationProperties("telegram")
record SendingProperties(@DefaultValue("120s") Duration settleDelay,
        @DefaultValue("" + TelegramPostingSettings.SCAN_GAP) int scanGap,
        @DefaultValue("" + TelegramPostingSettings.MAX_ATTEMPTS) int maxAttempts,
        @DefaultValue("3s") Duration perChatInterval,
        @DefaultValue("" + TelegramPostingSettings.OVERALL_PER_SECOND) int overallPerSecond) {

    TelegramPostingSettings settings(TelegramProperties telegram, PostingProperties posting) {
        return new TelegramPostingSettings(telegram.timeout(), settleDelay, scanGap, maxAttempts, perChatInterval,
                overallPerSecond, telegram.logChannel(), posting.lease(), posting.channelsAtOnce());
    }
}
