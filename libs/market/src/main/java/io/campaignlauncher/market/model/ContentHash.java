package io.campaignlauncher.market.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells contents apart: SHA-256 over every part with its length, so that nothing can move from one into the next. */
final class ContentHash {

    private ContentHash() {}

    /** 64 hexadecimal digits. */
    static String of(Place place) {
        var parts = new ArrayList<@Nullable String>();
        switch (place) {
            case Place.TelegramPost post -> {
                parts.add("telegram");
                parts.add(post.channelId().toString());
                parts.add(post.text());
                parts.add(post.link());
                parts.add(post.photo());
            }
            case Place.FacebookLaunch launch -> {
                parts.add("facebook");
                parts.add(launch.adAccountId());
                parts.add(launch.request());
            }
        }
        parts.add(Objects.toString(place.postAt(), null));
        var digest = sha256();
        for (var part : parts) {
            var bytes = part == null ? null : part.getBytes(StandardCharsets.UTF_8);
            digest.update(((bytes == null ? "-" : bytes.length) + ":").getBytes(StandardCharsets.UTF_8));
            if (bytes != null) {
                digest.update(bytes);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
