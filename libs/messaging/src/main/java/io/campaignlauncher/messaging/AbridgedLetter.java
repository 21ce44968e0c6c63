package io.campaignlauncher.messaging;

import io.campaignlauncher.telemetry.PlainText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a record that is too large to be kept: no value, but its size and hash, and of key and headers what has
 * room. The record itself is still where it came from, for as long as its topic keeps it.
 */
final class AbridgedLetter {

    /** Names what was left out; no letter that is whole has it. */
    static final String LEFT_OUT = DeadLetters.HEADER_PREFIX + "left-out";

    private static final String VALUE_BYTES = DeadLetters.HEADER_PREFIX + "value-bytes";
    private static final String VALUE_SHA256 = DeadLetters.HEADER_PREFIX + "value-sha256";
    private static final int KEY_CHARACTERS_MAX = 1_000;
    private static final int HEADER_BYTES_MAX = 8 * 1_024;

    private AbridgedLetter() {}

    static @Nullable String key(ConsumerRecord<String, byte[]> record) {
        var key = record.key();
        return key == null ? null : PlainText.beginning(key, KEY_CHARACTERS_MAX);
    }

    /** The record's headers, as far as there is room for them, and what was left out. */
    static RecordHeaders headers(ConsumerRecord<String, byte[]> record) {
        var headers = new RecordHeaders();
        int room = HEADER_BYTES_MAX;
        int leftOut = 0;
        for (var header : record.headers()) {
            // The name may take three bytes a character.
            int size = header.key().length() * 3 + (header.value() == null ? 0 : header.value().length);
            if (size <= room) {
                room -= size;
                headers.add(header);
            } else {
                leftOut++;
            }
        }
        var leftOutParts = new StringJoiner(", ");
        var value = record.value();
        if (value != null) {
            leftOutParts.add("value");
            set(headers, VALUE_BYTES, Integer.toString(value.length));
            set(headers, VALUE_SHA256, HexFormat.of().formatHex(sha256(value)));
        }
        if (leftOut > 0) {
            leftOutParts.add(leftOut + " headers");
        }
        if (record.key() != null && record.key().length() > KEY_CHARACTERS_MAX) {
            leftOutParts.add("end of key");
        }
        set(headers, LEFT_OUT, leftOutParts.toString());
        return headers;
    }

    private static void set(RecordHeaders headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
