package io.campaignlauncher.job.letters;

import io.campaignlauncher.messaging.letters.DeadLetter;
import io.campaignlauncher.schemas.Topic;
import org.jspecify.annotations.Nullable;

/** Why a letter cannot be redriven, whatever is mended. */
enum Obstacle {
    LEFT_OUT("It was too large to be kept whole and cannot be redriven. The record itself is where it came from, for as"
            + " long as its topic keeps it."), //
    NOT_OF_TOPIC(
            "It does not come from this topic but names an event that Kafka refused, or was written by somebody else:"
                    + " it cannot be redriven. An event is safe in the event store.");

    private final String sentence;

    Obstacle(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }

    static @Nullable Obstacle of(DeadLetter letter, Topic topic) {
        if (!letter.cameFrom(topic.topicName())) {
            return NOT_OF_TOPIC;
        }
        return letter.isWhole() ? null : LEFT_OUT;
    }
}
