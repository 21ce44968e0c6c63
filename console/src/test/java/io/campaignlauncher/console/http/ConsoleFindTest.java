package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ConsoleFindTest {

    private static final int PAGE_BYTES_MAX = 150 * 1024;

    private RunningConsole console;

    @BeforeEach
    void start() {
        console = new RunningConsole();
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void what_a_form_sends_becomes_the_shortest_address_that_says_it() {
        assertThat(leadsTo("/console?status=failed&status=rolled_back&name=&userId=ann&adAccountId=1001&from="))
                .isEqualTo("/console?status=failed,rolled_back&userId=ann&adAccountId=act_1001");
        assertThat(leadsTo("/console?name=&userId=")).isEqualTo("/console");
        assertThat(leadsTo("/console/audit?action=&actor=ann&subject=")).isEqualTo("/console/audit?actor=ann");
        assertThat(leadsTo("/console/audit?action=&actor=")).isEqualTo("/console/audit");
    }

    @Test
    void leads_through_a_long_list_by_addresses_alone() {
        console.answer("GET /v1/jobs?limit=50&status=failed&after=51", 200, jobs(3, "1", "50"));
        console.answer("GET /v1/jobs?limit=50&status=failed&before=50", 200, jobs(3, "1", null));

        var page = console.get("/console?status=failed&after=51");

        assertThat(page.body()).contains("href=\"/console?status=failed&amp;before=50\"",
                "href=\"/console?status=failed&amp;after=1\"", "href=\"/console?status=failed\"",
                "href=\"/console?status=failed&amp;userId=u-1\"");
        assertThat(leadsTo("/console?status=failed&before=50")).as("the beginning, whole")
                .isEqualTo("/console?status=failed");
    }

    @Test
    void a_page_of_fifty_launches_with_long_names_is_light() {
        console.answer("GET /v1/jobs?limit=50", 200, jobs(50, "1", null));

        var page = console.get("/console");

        assertThat(page.body().split("<tr>")).hasSizeGreaterThan(50);
        assertThat(page.body().getBytes(java.nio.charset.StandardCharsets.UTF_8).length).isLessThan(PAGE_BYTES_MAX);
    }

    @Test
    void keeps_what_was_typed_beside_what_is_wrong_with_it() {
        console.answer("GET /v1/jobs?limit=50&errorCode=x", 400, """
                {"title":"The request breaks rules","errors":[{"field":"errorCode","message":"must be a code"}]}""");

        var page = console.get("/console?errorCode=x");

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("<code>errorCode</code> must be a code", "name=\"errorCode\" value=\"x\"")
                .contains("<details class=\"further\" open>").doesNotContain("No launch is like that");
    }

    @Test
    void leads_straight_to_the_one_launch_that_is_found() {
        var jobId = UUID.randomUUID();
        console.answer("GET /v1/search?q=%2217%22%20%26%20%3Cb%3E", 200, "{\"matches\":[{\"kind\":\"user\",\"filter\":"
                + "\"userId\",\"value\":\"x\",\"more\":false,\"jobs\":[{\"jobId\":\"" + jobId
                + "\",\"status\":\"failed\"}]}]}");

        assertThat(leadsTo("/console/find?q=%2217%22+%26+%3Cb%3E")).isEqualTo("/console/jobs/" + jobId);
    }

    @Test
    void says_what_can_be_found_where_nothing_is() {
        console.answer("GET /v1/search?q=%3Ci%3E", 200, "{\"matches\":[]}");

        var page = console.get("/console/find?q=%3Ci%3E");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Nothing here is called so", "value=\"&lt;i>\"", "“&lt;i&gt;”");
        assertThat(console.get("/console/find").body()).contains("What can be found").doesNotContain("called so");
        assertThat(console.asked()).extracting(RunningConsole.Asked::line).filteredOn(line -> line.contains("search"))
                .hasSize(1);
    }

    @Test
    void shows_the_audit_with_links_to_what_it_is_about() {
        var jobId = UUID.randomUUID();
        console.answer("GET /v1/audit?limit=50&action=job.cancel&from=2026-01-01T00%3A00%3A00Z", 200, """
                {"entries":[{"number":9,"entryId":"e","at":"2026-01-01T00:00:00Z","actor":"ann","roles":["admin"],
                 "tenant":"acme","action":"job.cancel","subject":"%s","outcome":"refused: for ann","times":1,
                 "traceId":"abc"}],"next":9}""".formatted(jobId));

        var page = console.get("/console/audit?action=job.cancel&from=2026-01-01").body();

        assertThat(page).contains("Stopped a launch", "href=\"/console/jobs/" + jobId, "refused", "abc", "for ann",
                "href=\"/console/audit?action=job.cancel&amp;actor=ann&amp;from=2026-01-01\"",
                "href=\"/console/audit?action=job.cancel&amp;after=9&amp;from=2026-01-01\"");
    }

    private String leadsTo(String address) {
        HttpResponse<String> answer = console.get(address);
        assertThat(answer.statusCode()).as(address).isEqualTo(303);
        return answer.headers().firstValue("location").orElse("");
    }

    private static String jobs(int count, @org.jspecify.annotations.Nullable String next,
            @org.jspecify.annotations.Nullable String previous) {
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        var jobs = answer.putArray("jobs");
        for (int i = 0; i < count; i++) {
            jobs.addObject().put("jobId", UUID.randomUUID().toString()).put("number", 100_000 + i)
                    .put("campaignName", "A name that somebody made long enough to say everything about it ".repeat(3))
                    .put("status", "failed").put("userId", "u-1").put("adAccountId", "act_100000000000001")
                    .put("createdAt", "2026-01-01T00:00:00Z");
        }
        answer.set("next", next == null ? JsonMapper.shared().nullNode() : JsonMapper.shared().readTree(next));
        answer.set("previous", previous == null ? JsonMapper.shared().nullNode()
                : JsonMapper.shared().readTree(previous));
        return answer.toString();
    }

    @Test
    void the_audits_of_other_services_are_for_who_is_logged_in_and_keep_what_is_asked_for() {
        console.answer("GET /v1/audit?limit=50", 200, "{\"entries\":[],\"next\":null}");
        assertThat(console.get("/console/audit").body()).contains("Who did what").doesNotContain("/console/audit?of=");
        try (var identity = new FakeIdentity(); var known = RunningConsole.knowing(identity)) {
            identity.user("boss", "admin");
            known.answer("GET /v1/audit?limit=50", 200, "{\"entries\":[],\"next\":null}");
            known.answer("GET /api/admin/audit?limit=50&targetId=t-1", 200,
                    """
                            {"entries":[{"id":9,"at":"2026-01-01T00:00:00Z","actor":"ann","role":"advertiser",
                             "action":"target_submitted","subject":"target","subjectId":"t-1","campaignId":"c-1"}],"next":"9"}""");
            var cookie = LogInTest.session(known.logIn("boss", FakeIdentity.PASSWORD, "/console"));

            assertThat(known.get("/console/audit", "cookie", cookie).body()).contains("/console/audit?of=market",
                    "/console/audit?of=people");
            var page = known.get("/console/audit?of=market&targetId=t-1", "cookie", cookie).body();
            assertThat(page).contains("Handed a placement in", "/console/audit?of=market&amp;after=9&amp;targetId=t-1",
                    "/console/audit?of=market&amp;actor=ann&amp;targetId=t-1", "name=\"of\" value=\"market\"")
                    .doesNotContain("name=\"from\"");
            assertThat(known.get("/console/audit?of=people&action=log-in", "cookie", cookie).body())
                    .contains("<option value=\"log-in\" selected>Logged in", "refused",
                            "/console/audit?of=people&amp;action=log-in&amp;after=3");
        }
    }
}
