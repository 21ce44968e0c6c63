package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TopicReplicationTest {

    private static final TopicReplication UNTOLD = TopicReplication.OF_BROKER;
    private static final TopicReplication ONE_IS_MEANT = new TopicReplication((short) 1, (short) -1);

    @Test
    void topics_that_are_kept_once_are_told_of() {
        assertThat(UNTOLD.concern(1, 1, 3)).hasValueSatisfying(text -> assertThat(text)
                .contains("replication factor 1", "kafka.replication-factor=3", "kafka-reassign-partitions.sh"));
        assertThat(UNTOLD.concern(1, 1, 1)).hasValueSatisfying(text -> assertThat(text)
                .contains("kafka.replication-factor=1 says that one is meant"));
    }

    @Test
    void one_broker_that_is_meant_to_be_alone_is_borne_and_one_of_several_is_not() {
        assertThat(ONE_IS_MEANT.concern(1, 1, 1)).isEmpty();
        assertThat(ONE_IS_MEANT.concern(1, 1, 3)).isPresent();
    }

    @Test
    void a_record_that_one_of_several_confirms_is_told_of() {
        assertThat(UNTOLD.concern(3, 1, 3)).hasValueSatisfying(text -> assertThat(text)
                .contains("min.insync.replicas=1", "kafka.min-insync-replicas=2"));
        assertThat(UNTOLD.concern(3, 2, 3)).isEmpty();
    }

    @Test
    void refuses_what_no_topic_can_have() {
        assertThatThrownBy(() -> new TopicReplication((short) 0, (short) -1))
                .hasMessageContaining("kafka.replication-factor");
        assertThatThrownBy(() -> new TopicReplication((short) -1, (short) 0))
                .hasMessageContaining("kafka.min-insync-replicas");
        assertThatThrownBy(() -> new TopicReplication((short) 2, (short) 3))
                .hasMessageContaining("kafka.min-insync-replicas");
    }
}
