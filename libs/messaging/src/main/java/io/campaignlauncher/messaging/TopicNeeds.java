package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.Topic;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** What a topic that somebody else has made must do: keep what is on it as long as the catalogue says, and not by key unless it says so. */
final class TopicNeeds {

    private static final String WHOLE_RECORDS = TopicConfig.CLEANUP_POLICY_DELETE;

    private TopicNeeds() {}

    /**
     * @param name    what the topic is called on Kafka
     * @param setting a setting of the topic as it stands, by its Kafka name; null where it is not known
     * @return each mistake as a sentence that names the topic, the setting and the command that mends it
     */
    static Stream<String> mistakes(Topic topic, String name, Function<String, @Nullable String> setting) {
        var policy = topic.settings().getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, WHOLE_RECORDS);
        return Stream.of(cleanup(name, policy, setting), retention(topic, name, policy, setting))
                .flatMap(Optional::stream);
    }

    /** Of its dead letters, which have no keys to be kept by. */
    static Stream<String> mistakesOfDeadLetters(String name, Function<String, @Nullable String> setting) {
        return cleanup(name, WHOLE_RECORDS, setting).stream();
    }

    /** Compacted and deleted as well is deleted. */
    private static Optional<String> cleanup(String topic, String needed, Function<String, @Nullable String> setting) {
        var actual = setting.apply(TopicConfig.CLEANUP_POLICY_CONFIG);
        return actual == null || actual.equals(needed) ? Optional.empty()
                : Optional.of(mistake(topic, TopicConfig.CLEANUP_POLICY_CONFIG, actual, needed));
    }

    private static Optional<String> retention(Topic topic, String name, String policy,
            Function<String, @Nullable String> setting) {
        var needed = topic.settings().get(TopicConfig.RETENTION_MS_CONFIG);
        var actual = setting.apply(TopicConfig.RETENTION_MS_CONFIG);
        return !policy.equals(WHOLE_RECORDS) || needed == null || actual == null
                || millis(actual) >= millis(needed) ? Optional.empty()
                        : Optional.of(mistake(name, TopicConfig.RETENTION_MS_CONFIG, actual, needed));
    }

    private static long millis(String text) {
        var millis = Long.parseLong(text);
        return millis < 0 ? Long.MAX_VALUE : millis;
    }

    private static String mistake(String topic, String setting, String actual, String needed) {
        return "the topic " + topic + " has " + setting + "=" + actual
                + " and loses what is needed: kafka-configs.sh --alter "
                + "--entity-type topics --entity-name " + topic + " --add-config " + setting + "=" + needed;
    }
}
