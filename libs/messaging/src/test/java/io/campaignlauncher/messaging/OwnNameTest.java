package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnNameTest {

    private static final String PROCESS = "-" + ProcessHandle.current().pid();

    @Test
    void a_client_is_named_by_service_role_and_instance() {
        var own = OwnName.of("a-service");

        assertThat(own.client("commands")).startsWith("a-service-commands-").contains(PROCESS);
        assertThat(KafkaSettings.of("another", "a:1", (short) -1, Map.of()).client("feed"))
                .extractingByKey("client.id").asString().startsWith("another-feed-").contains(PROCESS);
    }

    @Test
    void two_of_one_name_in_a_process_are_told_apart() {
        assertThat(OwnName.of("twin").client("feed")).isNotEqualTo(OwnName.of("twin").client("feed"));
    }

    @Test
    void what_an_operator_calls_a_service_goes_before_its_own_name() {
        assertThat(KafkaSettings.of("job-service", "a:1", (short) -1, Map.of("client.id", "blue")).client("feed"))
                .extractingByKey("client.id").asString().startsWith("blue-feed-");
    }

    @Test
    void a_name_for_the_database_has_the_room_that_it_has_there() {
        assertThat(OwnName.connection("job-service", "pool")).startsWith("job-service-pool-");
        assertThat(OwnName.connection("x".repeat(100), "pool")).hasSize(63);
    }
}
