package io.campaignlauncher.job.axon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.axonframework.common.IdentifierFactory;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {

    @Test
    void an_event_has_an_id_that_says_when_it_was_made() {
        var before = Instant.now().toEpochMilli();

        var id = UUID.fromString(GenericEventMessage.asEventMessage("event").getIdentifier());

        assertThat(IdentifierFactory.getInstance()).isInstanceOf(TimeOrderedIds.class);
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, Instant.now().toEpochMilli());
    }

    @Test
    void no_two_are_the_same_within_a_millisecond() {
        var ids = IntStream.range(0, 10_000).mapToObj(_ -> new TimeOrderedIds().generateIdentifier()).toList();

        assertThat(ids).doesNotHaveDuplicates();
    }
}
