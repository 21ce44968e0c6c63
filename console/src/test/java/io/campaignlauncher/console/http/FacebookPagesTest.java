package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FacebookPagesTest {

    private static final String JOB = "34498280-a3ca-3807-b2fa-69ed47c36fae";
    private static final String PAGE = "/console/jobs/" + JOB + "/facebook";
    private static final String LOOKS = "/v1/jobs/" + JOB + "/looks";
    private static final String STATE = "{\"jobId\":\"" + JOB + "\",\"state\":\"%s\",\"at\":%s,\"by\":\"ann\","
            + "\"reason\":%s,\"retryAt\":%s,\"look\":null}";

    private RunningConsole console;

    @BeforeEach
    void start() {
        console = new RunningConsole();
        console.answer("GET /v1/jobs/" + JOB, 200, "{\"campaignName\":\"<b>Sale\"}");
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void asks_nothing_of_facebook_until_somebody_wants_it() {
        console.answer("GET " + LOOKS, 200, STATE.formatted("none", "null", "null", "null"));

        var page = console.get(PAGE);

        assertThat(page.body()).contains("Nobody has looked yet", "Look now", "&lt;b&gt;Sale").doesNotContain("hx-get");
        assertThat(console.asked()).noneMatch(asked -> asked.line().startsWith("POST"));
    }

    @Test
    void looks_when_asked_and_leads_back_to_the_page() {
        console.answer("GET " + LOOKS, 200, STATE.formatted("none", "null", "null", "null"));
        console.answer("POST " + LOOKS, 202, STATE.formatted("looking", "\"2026-01-01T00:00:00Z\"", "null", "null"));
        var page = console.get(PAGE);

        var answer = console.post(PAGE, "_csrf=" + ConsoleTest.token(page), "cookie", ConsoleTest.cookie(page));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("location")).contains(PAGE);
        assertThat(console.asked()).extracting(RunningConsole.Asked::line).contains("POST " + LOOKS);
        assertThat(console.post(PAGE, "").statusCode()).isEqualTo(403);
    }

    @Test
    void goes_on_by_itself_while_somebody_looks_and_offers_no_second_look() {
        console.answer("GET " + LOOKS, 200,
                STATE.formatted("looking", "\"2026-01-01T00:00:00Z\"", "null", "null"));

        assertThat(console.get(PAGE).body()).contains("Looking, for ann", "hx-get=\"" + PAGE + "\"",
                "Show what came of it").doesNotContain("Look now");
    }

    @Test
    void says_why_a_look_came_to_nothing_and_from_when_on_another_may_not() {
        console.answer("GET " + LOOKS, 200, STATE.formatted("failed", "\"2026-01-01T00:00:00Z\"",
                "\"Facebook limits the ad account.\"", "\"2026-01-01T00:05:00Z\""));

        assertThat(console.get(PAGE).body()).contains("came to nothing", "Facebook limits the ad account.",
                "2026-01-01T00:05:00Z", "Look now");
    }

    @Test
    void shows_in_the_services_words_that_too_many_look() {
        console.answer("GET " + LOOKS, 200, STATE.formatted("none", "null", "null", "null"));
        console.answer("POST " + LOOKS, 429, "{\"title\":\"Too many at once\",\"detail\":\"4 looks are made.\"}",
                Map.of("retry-after", "5"));
        var page = console.get(PAGE);

        var answer = console.post(PAGE, "_csrf=" + ConsoleTest.token(page), "cookie", ConsoleTest.cookie(page));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).contains("5");
        assertThat(answer.body()).contains("4 looks are made.");
    }
}
