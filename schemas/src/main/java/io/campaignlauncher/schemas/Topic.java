package io.campaignlauncher.schemas;

import java.util.Arrays;
import java.util.Map;

/** Every topic: its name, what its key is, how many partitions it is made with, and its topic settings. */
public enum Topic {

    CAMPAIGN_COMMANDS("campaign.commands", Key.JOB_ID, 6, Map.of()),
    JOB_EVENTS("job.events", Key.JOB_ID, 6, Map.of("retention.ms", "-1")),
    CREATION_COMMANDS("creation.commands", Key.AD_ACCOUNT_ID, 6, Map.of()),
    CREATION_EVENTS("creation.events", Key.JOB_ID, 6, Map.of()),
    VERIFICATION_EVENTS("verification.events", Key.JOB_ID, 6, Map.of()),
    ROLLBACK_EVENTS("rollback.events", Key.JOB_ID, 6, Map.of()),
    CREDENTIALS("credentials", Key.CREDENTIAL_ID, 1, Map.of("cleanup.policy", "compact"));

    /** What a record's key stands for: records of one key keep their order. */
    public enum Key {
        JOB_ID, AD_ACCOUNT_ID, CREDENTIAL_ID
    }

    private static final String DEAD_LETTER_SUFFIX = ".dlt";

    private final String topicName;
    private final Key key;
    private final int partitions;
    private final Map<String, String> settings;

    Topic(String topicName, Key key, int partitions, Map<String, String> settings) {
        this.topicName = topicName;
        this.key = key;
        this.partitions = partitions;
        this.settings = settings;
    }

    public String topicName() {
        return topicName;
    }

    public Key key() {
        return key;
    }

    /** Partitions that the topic is made with; a cluster's operator may add some. */
    public int partitions() {
        return partitions;
    }

    /** Kafka topic settings, by their Kafka names. */
    public Map<String, String> settings() {
        return settings;
    }

    /** Where records of this topic go that could not be read or broke a rule. */
    public String deadLetterName() {
        return deadLetterName(topicName);
    }

    public static String deadLetterName(String topicName) {
        return topicName + DEAD_LETTER_SUFFIX;
    }

    /** @throws IllegalArgumentException for a name that is not in this catalogue */
    public static Topic named(String topicName) {
        return Arrays.stream(values())
                .filter(topic -> topic.topicName.equals(topicName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no topic is called " + topicName));
    }
}
