package io.campaignlauncher.job.letters;

import io.campaignlauncher.schemas.Topic;

/** Where a letter is. @param topic that it came from; the letter is on its {@code .dlt} */
public record LetterPlace(Topic topic, int partition, long offset) {

    @Override
    public String toString() {
        return topic.topicName() + "/" + partition + "/" + offset;
    }
}
