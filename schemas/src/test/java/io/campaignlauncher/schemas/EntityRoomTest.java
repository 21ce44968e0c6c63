package io.campaignlauncher.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EntityRoomTest {

    private static final String LONGEST = "漢".repeat(400);

    @Test
    void takes_as_many_as_are_allowed_for() {
        var room = new EntityRoom(3, EntityRoom.BYTES_MAX);

        assertThat(twins("Sale").limit(5).filter(room::takes)).hasSize(3);
    }

    @Test
    void takes_no_more_bytes_than_are_allowed_for() {
        var room = new EntityRoom(Integer.MAX_VALUE, 10_000);

        assertThat(twins(LONGEST).limit(20).filter(room::takes)).hasSize(7);
        assertThat(room.bytesLeft()).isBetween(0, 1_264);
    }

    @Test
    void has_room_for_as_many_with_the_longest_names_that_facebook_keeps() {
        var room = new EntityRoom(EntityRoom.ENTITIES_MAX, EntityRoom.BYTES_MAX);

        assertThat(twins(LONGEST).limit(EntityRoom.ENTITIES_MAX)).allMatch(room::takes);
    }

    @Test
    void always_takes_the_first_one() {
        var room = new EntityRoom(2, 10);

        assertThat(twins(LONGEST).limit(2).filter(room::takes)).hasSize(1);
    }

    private static Stream<Entity> twins(String name) {
        return IntStream.iterate(1, i -> i + 1)
                .mapToObj(i -> new Entity(EntityType.AD, Integer.toString(i), name, 1));
    }
}
