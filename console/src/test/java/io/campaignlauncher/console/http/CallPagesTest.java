package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.console.model.CallsJson;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CallPagesTest {

    private static final String PAGE = "/console/jobs/" + CallsJson.JOB + "/calls";
    private static final int BYTES_MAX = 60 * 1024;

    private static RunningConsole console;

    @BeforeAll
    static void start() {
        console = new RunningConsole();
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    private static String page(CallsJson calls, int notNoted, String status) {
        console.answer("GET /v1/jobs/" + CallsJson.JOB + "/calls?limit=150", 200, calls.answer(notNoted));
        console.answer("GET /v1/jobs/" + CallsJson.JOB + "/state", 200, CallsJson.state(status));
        console.answer("GET /v1/jobs/" + CallsJson.JOB + "/history", 200, calls.history());
        console.answer("GET /v1/jobs/" + CallsJson.JOB + "/history?at=3", 200, calls.history());
        var answer = console.get(PAGE);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void shows_101_entities_and_20_retries_in_a_light_page() {
        var page = page(CallsJson.large(), 0, "completed");

        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(BYTES_MAX);
        assertThat(Pattern.compile("<tr><td>\\d+</td><th scope=\"row\">").matcher(page).results()).hasSize(93);
        assertThat(page).contains("Waits 19.7 s (retry 20)").contains("data-live=\"no\"")
                .doesNotContain("<b>no</b>").contains("&lt;b");
    }

    @Test
    void says_how_many_calls_are_missing() {
        assertThat(page(CallsJson.large(), 3, "in_progress")).contains("At least 3 calls are missing here")
                .contains("data-live=\"yes\"");
        assertThat(page(CallsJson.large(), 0, "in_progress")).doesNotContain("missing here");
    }

    @Test
    void says_why_there_are_none() {
        assertThat(page(new CallsJson(), 0, "in_progress")).contains("No calls yet");
        assertThat(page(new CallsJson(), 0, "completed")).contains("kept for 30 days")
                .doesNotContain("<svg class=\"wat");
    }

    @Test
    void leads_to_the_launch_and_back() {
        assertThat(page(CallsJson.large(), 0, "completed"))
                .contains("<a href=\"/console/jobs/" + CallsJson.JOB + "\"", "aria-current=\"page\">Calls</a>");
        assertThat(console.get("/console/jobs/" + CallsJson.JOB).body()).contains("href=\"" + PAGE + "\"");
    }
}
