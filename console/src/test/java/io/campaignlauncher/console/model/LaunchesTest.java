package io.campaignlauncher.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LaunchesTest {

    @Test
    void the_next_page_asks_for_the_same_whatever_the_user_is_called() {
        var answer = JsonMapper.shared().readTree("{\"jobs\":[],\"next\":17}");

        assertThat(Launches.of(answer, "failed", "a&b=c #1", "").older())
                .isEqualTo("?status=failed&userId=a%26b%3Dc+%231&after=17");
        assertThat(Launches.of(JsonMapper.shared().readTree("{\"jobs\":[],\"next\":null}"), "", "", "").older())
                .isEmpty();
    }
}
