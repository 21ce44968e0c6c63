package io.campaignlauncher.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LaunchesTest {

    @Test
    void the_pages_beside_ask_for_the_same_whatever_the_user_is_called() {
        var answer = JsonMapper.shared().readTree("{\"jobs\":[],\"next\":17,\"previous\":66}");
        var filter = new LaunchFilter(Map.of("userId", "a&b=c #1"));

        assertThat(Launches.of(answer, filter).older()).isEqualTo("/console?userId=a%26b%3Dc+%231&after=17");
        assertThat(Launches.of(answer, filter).newer()).isEqualTo("/console?userId=a%26b%3Dc+%231&before=66");
        var only = Launches.of(JsonMapper.shared().readTree("{\"jobs\":[],\"next\":null,\"previous\":null}"), filter);
        assertThat(only.older()).isEmpty();
        assertThat(only.newer()).isEmpty();
    }
}
