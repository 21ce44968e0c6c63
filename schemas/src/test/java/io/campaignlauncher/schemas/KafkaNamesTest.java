package io.campaignlauncher.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaNamesTest {

    private final KafkaNames names = new KafkaNames("eu-");

    @Test
    void a_name_is_behind_the_prefix_on_kafka_and_without_it_here() {
        assertThat(names.onKafka("job.events")).isEqualTo("eu-job.events");
        assertThat(names.inCatalogue("eu-job.events")).isEqualTo("job.events");
        assertThat(names.isOurs("us-job.events")).isFalse();
        assertThatThrownBy(() -> names.inCatalogue("us-job.events")).hasMessageContaining("us-job.events");
    }

    @Test
    void what_is_told_of_partitions_stays_theirs() {
        var here = new HashMap<TopicPartition, Long>();
        here.put(new TopicPartition("job.events", 1), 7L);
        here.put(new TopicPartition("job.events", 2), null);

        var there = names.onKafka(here);

        assertThat(there).containsEntry(new TopicPartition("eu-job.events", 1), 7L)
                .containsEntry(new TopicPartition("eu-job.events", 2), null);
        assertThat(names.inCatalogue(there)).isEqualTo(here);
    }

    @Test
    void without_a_prefix_everything_is_called_as_in_the_catalogue() {
        assertThat(KafkaNames.PLAIN.isPlain()).isTrue();
        assertThat(KafkaNames.PLAIN.onKafka(Map.of(new TopicPartition("audit", 0), 1L)))
                .isEqualTo(Map.of(new TopicPartition("audit", 0), 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = { "eu-", "eu.", "shop.eu-", "myapp-", "2-" })
    void takes_a_prefix_of_words_that_are_separated(String prefix) {
        assertThat(new KafkaNames(prefix).prefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = { "eu", "eu_", "-", "eu--", "e u-", "ü-", "app-", "eu.app-", "redrive-x-", "eu-redrive-" })
    void refuses_a_prefix_that_kafka_or_others_rights_would_take_for_another(String prefix) {
        assertThatThrownBy(() -> new KafkaNames(prefix)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + prefix + "\"");
    }

    @Test
    void refuses_a_prefix_that_leaves_no_room_for_names() {
        assertThatThrownBy(() -> new KafkaNames("a".repeat(100) + "-")).isInstanceOf(IllegalArgumentException.class);
    }
}
