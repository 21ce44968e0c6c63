package io.campaignlauncher.telegram;

import java.util.regex.Pattern;

/** A secret that prints as dots. The number before its colon is the bot's id and no secret. */
public record BotToken(String value) {

    static final String HIDDEN = "•••";

    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,15}):[A-Za-z0-9_-]{1,64}");

    public BotToken {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "telegram.token: a bot's token is a number, a colon, and letters, digits, '_' and '-'");
        }
    }

    public long botId() {
        return Long.parseLong(value.substring(0, value.indexOf(':')));
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
