package io.campaignlauncher.telegram.simulator.core;

import io.campaignlauncher.telegram.simulator.text.FormattedText;
import io.campaignlauncher.telegram.simulator.text.TextReader;
import io.campaignlauncher.telegram.simulator.text.UnreadableText;

/** The texts and captions of calls, within Telegram's limits in UTF-16 units after parsing. */
final class Texts {

    static final int TEXT_MAX = 4096;
    static final int CAPTION_MAX = 1024;

    private Texts() {}

    static FormattedText text(Parameters parameters) {
        var text = read(parameters, "text", "entities");
        if (text.text().isEmpty()) {
            throw Refusal.bad("message text is empty");
        }
        return text;
    }

    static FormattedText within(FormattedText text, int max, String tooLong) {
        if (text.text().length() > max) {
            throw Refusal.bad(tooLong);
        }
        return text;
    }

    static FormattedText caption(Parameters parameters) {
        return within(read(parameters, "caption", "caption_entities"), CAPTION_MAX, "message caption is too long");
    }

    private static FormattedText read(Parameters parameters, String name, String entities) {
        try {
            return TextReader.read(parameters.text(name), parameters.text("parse_mode"), parameters.json(entities));
        } catch (UnreadableText e) {
            throw Refusal.bad(String.valueOf(e.getMessage()));
        }
    }
}
