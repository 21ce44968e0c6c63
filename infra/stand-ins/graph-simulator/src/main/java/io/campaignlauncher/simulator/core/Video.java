package io.campaignlauncher.simulator.core;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How far a video has come. Of its bytes only their number and their running hash are kept. */
final class Video {

    final long size;
    private final Duration sessionLife;
    private final MessageDigest running = sha256();
    private long received;
    private Instant latestWord;
    private boolean expired;
    private @Nullable Encoding encoding;

    private record Encoding(Instant from, Duration takes, EncodingEnd end) {}

    Video(long size, Duration sessionLife, Instant now) {
        this.size = size;
        this.sessionLife = sessionLife;
        this.latestWord = now;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", e);
        }
    }

    long received() {
        return received;
    }

    boolean isComplete() {
        return received == size;
    }

    boolean isFinished() {
        return encoding != null;
    }

    void expire() {
        expired = true;
    }

    boolean isExpired(Instant now) {
        return !isFinished() && (expired || !now.isBefore(latestWord.plus(sessionLife)));
    }

    void take(byte[] chunk, int length, Instant now) {
        running.update(chunk, 0, length);
        received += length;
        latestWord = now;
    }

    void finish(Duration takes, EncodingEnd end, Instant now) {
        encoding = new Encoding(now, takes, end);
    }

    /** Of the bytes that came. */
    String sha256Hex() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) running.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the SHA-256 of every JDK can be cloned", e);
        }
    }

    VideoStatus status(Instant now) {
        if (encoding == null) {
            return isExpired(now) ? VideoStatus.EXPIRED : VideoStatus.UPLOADING;
        }
        if (encoding.end == EncodingEnd.NEVER || now.isBefore(encoding.from.plus(encoding.takes))) {
            return VideoStatus.PROCESSING;
        }
        return encoding.end == EncodingEnd.ERROR ? VideoStatus.ERROR : VideoStatus.READY;
    }

    /** The field {@code status}: a word for the whole and one for each of three phases. */
    ObjectNode statusNode(Instant now) {
        var status = status(now);
        var node = Json.object().put("video_status", status.word);
        node.putObject("uploading_phase").put("status", uploading(status)).put("bytes_transferred", received);
        var processing = node.putObject("processing_phase").put("status", status.processing);
        if (status == VideoStatus.ERROR) {
            processing.putArray("errors").addObject().put("code", 1363024).put("message",
                    "The video file that you selected is in a format that we don't support.");
        }
        if (status == VideoStatus.PROCESSING) {
            node.put("processing_progress", progress(now));
        }
        node.putObject("publishing_phase").put("status",
                status == VideoStatus.READY ? "complete" : VideoStatus.NOT_STARTED);
        return node;
    }

    private String uploading(VideoStatus status) {
        return switch (status) {
            case UPLOADING -> received == 0 ? VideoStatus.NOT_STARTED : "in_progress";
            case EXPIRED -> "error";
            case PROCESSING, READY, ERROR -> "complete";
        };
    }

    /** Percent; one that never ends stays where it was stuck. */
    private long progress(Instant now) {
        if (encoding == null || encoding.takes.isZero()) {
            return 0;
        }
        return 100 * Duration.between(encoding.from, now).toMillis() / Math.max(1, encoding.takes.toMillis());
    }
}
