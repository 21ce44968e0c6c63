package io.campaignlauncher.creation.kafka;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** What only a person can mend is told once, as an error; another obstacle in its place is told as well. */
final class Obstacle {

    private final Logger log;
    private @Nullable String lastSentence;

    Obstacle(Logger log) {
        this.log = log;
    }

    /** @param sentence says what to do */
    void stands(String sentence) {
        if (!sentence.equals(lastSentence)) {
            lastSentence = sentence;
            log.error("cannot take creation commands: {}", sentence);
        }
    }

    void gone() {
        if (lastSentence != null) {
            lastSentence = null;
            log.info("nothing stands against taking creation commands any more");
        }
    }
}
