package io.campaignlauncher.telegram.simulator.text;

import java.nio.charset.StandardCharsets;

/** A text that its parse mode does not allow; the message is Telegram's. */
public final class UnreadableText extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableText(String message) {
        super(message, null, false, false);
    }

    /** @param index of a character in the source; the message ends with its byte offset in UTF-8 */
    static UnreadableText at(String message, String source, int index) {
        return new UnreadableText(message + " at byte offset " + byteOffset(source, index));
    }

    static int byteOffset(String source, int index) {
        return source.substring(0, index).getBytes(StandardCharsets.UTF_8).length;
    }
}
