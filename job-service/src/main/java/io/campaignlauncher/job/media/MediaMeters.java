package io.campaignlauncher.job.media;

import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.job.model.MediaType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Figures about uploads. */
final class MediaMeters {

    private static final String TYPE = "type";

    private final MeterRegistry registry;

    /** What came of an image for one account, of a chunk of a video, or of its start or end. */
    enum Outcome {
        OK,
        /** It was there before. */
        KNOWN,
        /** Facebook says no, and would again. */
        REFUSED,
        /** No good answer, or a limit. */
        FAILED,
        /** Whoever sent it left in the middle. */
        BROKEN_OFF;

        static Outcome of(GraphError error) {
            return error.kind() == GraphError.Kind.PERMANENT ? REFUSED : FAILED;
        }
    }

    MediaMeters(MeterRegistry registry) {
        this.registry = registry;
        for (var type : MediaType.values()) {
            for (var outcome : Outcome.values()) {
                uploads(type, outcome);
            }
            bytes(type);
        }
    }

    void count(MediaType type, Outcome outcome) {
        uploads(type, outcome).increment();
    }

    /** Bytes that Facebook took. */
    void passed(MediaType type, long bytes) {
        bytes(type).increment(bytes);
    }

    private Counter uploads(MediaType type, Outcome outcome) {
        return Counter.builder("launch.media.uploads").tag(TYPE, word(type)).tag("outcome", word(outcome))
                .description("Images for an account, and steps of a video's upload").register(registry);
    }

    private Counter bytes(MediaType type) {
        return Counter.builder("launch.media.sent").tag(TYPE, word(type)).baseUnit("bytes")
                .description("What Facebook took").register(registry);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
