package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of one launch: how large it is, what it asks for, and what becomes of what people decide on it. */
class LaunchPageTest {

    private static final int BYTES_MAX = 150 * 1024;
    private static final String ID = "34498280-a3ca-3807-b2fa-69ed47c36fae";
    private static final String ONE = "/console/jobs/" + ID;
    private static final String JOB = "/v1/jobs/" + ID;
    private static final String NAME = "Spring sale 2026, women, 25 to 44, lookalike";

    private RunningConsole console;

    @BeforeEach
    void start() {
        console = new RunningConsole();
        state("", "completed", 4);
        history("?at=4", 0, 4);
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void of_a_launch_that_has_ended_asks_the_service_three_times() {
        assertThat(console.get(ONE).statusCode()).isEqualTo(200);
        assertThat(console.askedForPages()).hasSize(3);
    }

    @Test
    void leads_those_who_may_read_it_to_what_people_did_to_the_launch() {
        var link = "href=\"/console/audit?subject=" + ID + "\"";
        try (var identity = new FakeIdentity()) {
            identity.user("ann", "advertiser");
            identity.user("boss", "admin");
            console.close();
            console = RunningConsole.knowing(identity);
            state("", "completed", 4);
            history("?at=4", 0, 4);

            assertThat(asked("ann")).contains("Launch again").doesNotContain(link);
            assertThat(asked("boss")).contains("Launch again", link);
        }
    }

    private String asked(String name) {
        var cookie = LogInTest.session(console.logIn(name, FakeIdentity.PASSWORD, "/console"));
        return console.get(ONE, "cookie", cookie).body();
    }

    @Test
    void of_a_thousand_ads_is_small() {
        console.answer("GET " + JOB + "/state", 200, stateOf("completed", 4, slots()));
        var page = console.get(ONE).body();
        assertThat(page).contains("5 / 5 ads", NAME + " / ad 1000");
        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(BYTES_MAX);
    }

    @Test
    void of_a_thousand_events_shows_the_last_of_them_and_where_those_before_are() {
        state("", "completed", 999);
        history("?after=799&at=999", 800, 999);
        var page = console.get(ONE);
        assertThat(page.body().split("<li class=\"calm\" data-version", -1)).hasSize(201);
        assertThat(page.body()).contains("?at=799\">What happened before event 800");
        assertThat(page.body().getBytes(StandardCharsets.UTF_8).length).isLessThan(BYTES_MAX);
    }

    @Test
    void of_the_past_marks_what_the_event_changed() {
        console.answer("GET " + JOB + "/state?at=3", 200, stateOf("in_progress", 3, slot("created", "12")));
        console.answer("GET " + JOB + "/state?at=2", 200, stateOf("in_progress", 2, slot("creating", null)));
        history("?at=3", 0, 3);
        console.answer("GET " + JOB, 200, "{\"version\":9}");

        var page = console.get(ONE + "?at=3").body();

        assertThat(page).contains("after event 3", "<li class=\"changed\">", "max=\"9\"", "data-live=\"no\"",
                "href=\"" + ONE + "?at=2\"", "href=\"" + ONE + "?at=4\"");
        assertThat(console.get(ONE + "/now?at=3").headers().firstValue("hx-push-url")).contains(ONE + "?at=3");
    }

    @Test
    void shows_an_event_with_what_it_holds_and_lets_nothing_of_it_become_markup() {
        console.answer("GET " + JOB + "/history?after=2&at=3", 200,
                "{\"events\":[{\"version\":3,\"type\":\"JobCancelled\",\"payload\":{\"reason\":\"<script>\"}}]}");
        assertThat(console.get(ONE + "/events/3").body()).contains("\"&lt;script&gt;\"");
        assertThat(console.get(ONE + "/events/x").statusCode()).isEqualTo(404);
    }

    @Test
    void stops_a_launch_with_the_reason_and_as_who_says_so_and_leads_back_to_it() {
        console.answer("POST " + JOB + "/cancel", 202, "{}");
        var answer = send("/cancel", "reason=wrong+creative");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("location")).contains(ONE);
    }

    @Test
    void decides_nothing_without_a_reason_and_keeps_what_was_typed() {
        for (var rest : new String[]{ "/cancel", "/start" }) {
            var answer = send(rest, "reason=++&startAt=2026-12-24T18:00:00");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("others will want to know why");
        }
        assertThat(send("/start", "startAt=2026-12-24T18:00:00").body()).contains("value=\"2026-12-24T18:00:00\"");
        assertThat(console.asked()).noneMatch(asked -> asked.line().startsWith("POST")
                || asked.line().startsWith("PUT"));
    }

    @Test
    void says_what_happened_where_it_is_too_late() {
        console.answer("POST " + JOB + "/cancel", 409,
                "{\"title\":\"The job has ended\",\"detail\":\"Nothing of it can be stopped any more.\"}");
        var answer = send("/cancel", "reason=late");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("The job has ended", "How it stands now", "completed");
    }

    @Test
    void keeps_what_was_typed_where_the_service_is_away() {
        var page = console.get(ONE);
        console.endOthers();
        var answer = send(page, "/cancel", "reason=the+wrong+creative");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains(">the wrong creative</textarea>", "action=\"" + ONE + "/cancel\"");
        assertThat(send(page, "/rollback", "decision=DECLINE&reason=we+use+it").body())
                .contains(">we use it</textarea>", "value=\"DECLINE\"");
    }

    @Test
    void deletes_only_for_who_knows_how_much_there_is_now() {
        console.answer("GET " + JOB + "/rollback", 200, """
                {"awaitingConfirmation":true,"reason":"why","entities":[
                 {"entityType":"ad","slotNumber":1,"facebookId":"13","name":"An ad"},
                 {"entityType":"ad_set","slotNumber":1,"facebookId":"12","name":"A set"}]}""");
        console.answer("POST " + JOB + "/rollback", 202, "{}");

        for (var count : new String[]{ "", "1", "3", "two" }) {
            var answer = send("/rollback", "decision=CONFIRM&reason=gone&seen=3&count=" + count);
            assertThat(answer.statusCode()).as(count).isEqualTo(400);
            assertThat(answer.body()).contains("Nothing was deleted", "value=\"gone\"");
        }
        assertThat(send("/rollback", "decision=CONFIRM&reason=gone&seen=3&count=3").body())
                .contains("Since this page was loaded that has changed: it is 2 now, not 3.");
        assertThat(console.asked()).noneMatch(asked -> asked.line().startsWith("POST"));
        assertThat(send("/rollback", "decision=CONFIRM&reason=gone&seen=2&count=2").statusCode()).isEqualTo(303);
        assertThat(send("/rollback", "decision=DECLINE&reason=stays").statusCode()).isEqualTo(303);
    }

    @Test
    void lets_nobody_turn_a_switch_over_what_somebody_else_did_since() {
        console.switches("{\"name\":\"creation\",\"enabled\":false,\"turnedAt\":\"2026-01-01T12:00:01Z\","
                + "\"turnedBy\":\"boss\",\"reason\":\"wrong prices\"}");
        console.answer("PUT /v1/kill-switches/creation", 200, "{}");
        var page = console.get("/console/switches");
        var earlier = post(page, "/console/switches/creation",
                "enabled=false&reason=mine&seen=2026-01-01T12:00:00Z");
        assertThat(earlier.statusCode()).isEqualTo(409);
        assertThat(earlier.body()).contains("boss switched it off: wrong prices. You changed nothing.",
                "value=\"mine\"");
        assertThat(post(page, "/console/switches/creation", "enabled=true&reason=+&seen=2026-01-01T12:00:01Z")
                .statusCode()).isEqualTo(400);
        assertThat(console.asked()).noneMatch(asked -> asked.line().startsWith("PUT"));
        assertThat(post(page, "/console/switches/creation", "enabled=true&reason=mended&seen=2026-01-01T12:00:01Z")
                .headers().firstValue("location")).contains("/console/switches");
    }

    private HttpResponse<String> send(String rest, String form) {
        return send(console.get("/console"), rest, form);
    }

    private HttpResponse<String> send(HttpResponse<String> page, String rest, String form) {
        return post(page, ONE + rest, form);
    }

    private HttpResponse<String> post(HttpResponse<String> page, String path, String form) {
        return console.post(path, form + "&_csrf=" + ConsoleTest.token(page), "cookie", ConsoleTest.cookie(page));
    }

    private void state(String query, String status, int version) {
        console.answer("GET " + JOB + "/state" + query, 200, stateOf(status, version, ""));
    }

    private static String stateOf(String status, int version, String slots) {
        return "{\"jobId\":\"" + ID + "\",\"campaignName\":\"" + NAME + "\",\"status\":\"" + status
                + "\",\"phase\":\"" + status + "\",\"version\":" + version + ",\"slots\":[" + slots + "]}";
    }

    private void history(String query, int from, int to) {
        console.answer("GET " + JOB + "/history" + query, 200, "{\"events\":[" + IntStream.rangeClosed(from, to)
                .mapToObj(version -> "{\"version\":" + version
                        + ",\"at\":\"2026-01-01T12:00:00Z\",\"type\":\"CreationRoundEnded\",\"payload\":{}}")
                .collect(Collectors.joining(",")) + "]}");
    }

    private static String slot(String status, String id) {
        return "{\"entityType\":\"ad_set\",\"slotNumber\":1,\"status\":\"created\",\"name\":\"A set\"},"
                + "{\"entityType\":\"ad\",\"slotNumber\":1,\"adSetSlotNumber\":1,\"name\":\"An ad\",\"status\":\""
                + status
                + "\",\"facebookId\":" + (id == null ? "null" : "\"" + id + "\"") + "}";
    }

    /** 200 ad sets with five ads in each. */
    private static String slots() {
        return IntStream.rangeClosed(1, 200).mapToObj(set -> entity("ad_set", set, 0)
                + IntStream.rangeClosed(1, 5).mapToObj(ad -> "," + entity("ad", (set - 1) * 5 + ad, set))
                        .collect(Collectors.joining()))
                .collect(Collectors.joining(","));
    }

    private static String entity(String type, int number, int parent) {
        return "{\"entityType\":\"" + type + "\",\"slotNumber\":" + number + ",\"adSetSlotNumber\":" + parent
                + ",\"name\":\"" + NAME + " / " + type.replace('_', ' ') + " " + number
                + "\",\"status\":\"created\",\"facebookId\":\"120200000000" + (100_000 + number) + "\"}";
    }
}
