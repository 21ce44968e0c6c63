package io.campaignlauncher.simulator.core;

import java.time.Duration;

/**
 * How videos are uploaded and encoded.
 *
 * @param encoding    from the end of an upload until the video is ready
 * @param sessionLife from the latest word of an upload until its session expires
 * @param chunkBytes  what is asked for at once
 */
public record VideoRules(Duration encoding, Duration sessionLife, int chunkBytes) {

    public static final VideoRules DEFAULTS = new VideoRules(Duration.ofSeconds(1), Duration.ofHours(24), 1024 * 1024);

    public VideoRules {
        if (encoding.isNegative() || !sessionLife.isPositive() || chunkBytes < 1) {
            throw new IllegalArgumentException("encoding " + encoding + ", session " + sessionLife + ", chunks of "
                    + chunkBytes + " bytes: neither negative nor nothing");
        }
    }

    public VideoRules withEncoding(Duration time) {
        return new VideoRules(time, sessionLife, chunkBytes);
    }

    public VideoRules withSessionLife(Duration time) {
        return new VideoRules(encoding, time, chunkBytes);
    }

    public VideoRules withChunkBytes(int bytes) {
        return new VideoRules(encoding, sessionLife, bytes);
    }
}
