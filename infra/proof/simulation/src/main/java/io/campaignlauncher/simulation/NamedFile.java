package io.campaignlauncher.simulation;

import io.campaignlauncher.job.model.MediaType;
import io.campaignlauncher.simulation.engine.SeededRandom;
import io.campaignlauncher.simulator.core.EncodingEnd;
import io.campaignlauncher.standin.RequestParts.Upload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An image or a video that creatives may name. */
final class NamedFile {

    private static final Duration ENCODED_WITHIN = Duration.ofMinutes(15);
    private static final int VIDEO_BYTES = 1_024;

    private final int number;
    private final String reference;
    private final MediaType type;
    private final Fate fate;
    private final Duration encoded;
    private @Nullable String facebookId;

    /** What it is like in its account. */
    private enum Fate {
        READY, SLOW,
        /** It is encoded for ever. */
        STUCK,
        /** It cannot be encoded. */
        BROKEN,
        /** It was uploaded, and is gone. */
        GONE,
        /** Nobody uploaded it. */
        UNKNOWN
    }

    private NamedFile(int number, String reference, MediaType type, Fate fate, Duration encoded) {
        this.number = number;
        this.reference = reference;
        this.type = type;
        this.fate = fate;
        this.encoded = encoded;
    }

    static NamedFile drawn(SeededRandom random, int number, MediaType type) {
        boolean video = type == MediaType.VIDEO;
        var reference = random.chance(0.5) ? "sha256:" + "%064x".formatted(number)
                : video ? "clip " + number + ".mp4" : "picture " + number + ".gif";
        int dice = random.upTo(100);
        var fate = dice < 2 ? Fate.GONE : dice < 4 ? Fate.UNKNOWN : !video ? Fate.READY
                : dice < 6 ? Fate.BROKEN : dice < 7 ? Fate.STUCK : dice < 40 ? Fate.SLOW : Fate.READY;
        return new NamedFile(number, reference, type, fate,
                fate == Fate.SLOW ? random.upTo(ENCODED_WITHIN) : Duration.ZERO);
    }

    String reference() {
        return reference;
    }

    MediaType type() {
        return type;
    }

    /** The job-service has noted its upload. */
    boolean isKnown() {
        return fate != Fate.UNKNOWN;
    }

    /** No ad can ever show it. */
    boolean isUseless() {
        return switch (fate) {
            case READY, SLOW -> false;
            case STUCK, BROKEN, GONE, UNKNOWN -> true;
        };
    }

    /** What Facebook calls it; null: Facebook does not have it. */
    @Nullable
    String facebookId() {
        return facebookId;
    }

    void upload(Facebook facebook, String account) {
        switch (fate) {
            case GONE, UNKNOWN -> {
            }
            case READY, SLOW -> upload(facebook, account, EncodingEnd.READY);
            case STUCK -> upload(facebook, account, EncodingEnd.NEVER);
            case BROKEN -> upload(facebook, account, EncodingEnd.ERROR);
        }
    }

    private void upload(Facebook facebook, String account, EncodingEnd end) {
        facebookId = switch (type) {
            case IMAGE -> facebook.imageOf(account, new Upload(number + ".gif", picture()));
            case VIDEO -> facebook.videoOf(account, new Upload(number + ".mp4", new byte[VIDEO_BYTES]), encoded, end);
        };
    }

    /** The head of one that is so many points wide, so that no two are alike. */
    private byte[] picture() {
        return ("GIF89a" + (char) (number & 0xFF) + (char) (number >> 8) + "\1\0")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
