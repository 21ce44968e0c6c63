package io.campaignlauncher.moderation.channels;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The bot that looks at channels: the one that posts there.
 *
 * @param baseUrl    of the Bot API
 * @param allowHttp  whether the token may travel in plain text beyond this machine
 * @param token      of the bot; none: no channel can be offered. Better from a file
 * @param logChannel where posts are read, by its number; none: posts are known by their place alone, so that the bot may not have the right
 *     to edit posts of others
 */
@ConfigurationProperties("telegram")
public record BotSettings(@DefaultValue("https://api.telegram.org") String baseUrl,
        @DefaultValue("false") boolean allowHttp, @DefaultValue("") String token, @Nullable Long logChannel) {

    /** Says no secret. */
    @Override
    public String toString() {
        return "BotSettings[]";
    }
}
