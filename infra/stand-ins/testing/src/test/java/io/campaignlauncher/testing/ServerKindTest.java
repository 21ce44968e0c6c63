package io.campaignlauncher.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerKindTest {

    private static final BooleanSupplier NOT_ASKED = () -> {
        throw new AssertionError("looked for Docker");
    };

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "auto", " auto " })
    void takes_containers_exactly_where_docker_answers(String wanted) {
        assertThat(ServerKind.choose(wanted, () -> true).kind()).isEqualTo(ServerKind.DOCKER);
        assertThat(ServerKind.choose(wanted, () -> false).kind()).isEqualTo(ServerKind.EMBEDDED);
    }

    @Test
    void does_not_even_look_for_docker_where_embedded_servers_are_wanted() {
        assertThat(ServerKind.choose("embedded", NOT_ASKED).kind()).isEqualTo(ServerKind.EMBEDDED);
    }

    @Test
    void says_in_one_line_why_there_are_no_containers_where_they_are_wanted() {
        assertThat(ServerKind.choose("docker", () -> true).kind()).isEqualTo(ServerKind.DOCKER);
        assertThatThrownBy(() -> ServerKind.choose("docker", () -> false))
                .isInstanceOf(IllegalStateException.class).hasNoCause()
                .hasMessage("no Docker engine answers, and -Dlaunch.test.servers=docker allows nothing else");
    }

    @Test
    void tells_which_servers_were_taken_and_why() {
        assertThat(ServerKind.choose(null, () -> true).reason()).contains("in containers", "Docker engine answers");
        assertThat(ServerKind.choose(null, () -> false).reason()).contains("in this process", "no Docker engine");
        assertThat(ServerKind.choose("embedded", NOT_ASKED).reason()).contains("-Dlaunch.test.servers=embedded");
    }

    @Test
    void refuses_a_word_that_it_does_not_know() {
        assertThatThrownBy(() -> ServerKind.choose("podman", NOT_ASKED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("-Dlaunch.test.servers is auto, docker or embedded, not podman");
    }
}
