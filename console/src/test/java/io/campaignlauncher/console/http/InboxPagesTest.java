package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxPagesTest {

    private static final String ATTENTION = "GET /v1/attention";
    private static final String TWO = """
            {"total":2,"matters":[{"kind":"rollback_decision","count":1,"more":false,"items":[{"id":"j-1","name":"Spring <sale>",
              "since":"2026-01-01T12:00:00Z","detail":"the account is disabled","count":null}]},
             {"kind":"switch_off","count":1,"more":false,"items":[{"id":"creation","name":"boss",
              "since":null,"detail":"wrong prices","count":12}]}]}""";

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
    void leads_to_what_waits_and_says_how_many_in_the_title_of_the_tab() {
        console.answer(ATTENTION, 200, TWO);

        var page = console.get("/console/inbox");

        assertThat(page.body()).contains("<title>(2) Needs you · Campaign Launcher</title>",
                "Needs you <span class=\"waiting\">(2)",
                "<a href=\"/console/jobs/j-1\">Spring &lt;sale&gt;</a>", "the account is disabled",
                "Creating on Facebook",
                "by boss: wrong prices", "12 launches wait");
    }

    @Test
    void says_so_where_nothing_waits() {
        console.answer(ATTENTION, 200, "{\"total\":0,\"matters\":[]}");

        assertThat(console.get("/console/inbox").body()).contains("Nothing needs you",
                "<title>Needs you · Campaign Launcher</title>");
    }

    @Test
    void what_waits_in_the_marketplace_is_told_to_who_is_logged_in_and_may_and_missing_where_it_is_not_told() {
        try (var identity = new FakeIdentity(); var known = RunningConsole.knowing(identity)) {
            identity.user("boss", "admin");
            known.answer(ATTENTION, 200, "{\"total\":0,\"matters\":[]}");
            known.answer("GET /api/admin/moderation/pending?limit=50", 200, "{\"targets\":[{},{}],\"next\":\"x\"}");
            known.answer("GET /api/admin/posts/unknown?limit=50", 503, "{\"title\":\"Not now\"}");
            var cookie = LogInTest.session(known.logIn("boss", FakeIdentity.PASSWORD, "/console"));

            var page = known.get("/console/inbox", "cookie", cookie).body();

            assertThat(page).contains("Placements wait for moderation", "2+", "href=\"/console/market/queue\"")
                    .doesNotContain("Posts of which nobody knows");
            known.asked().clear();
            known.get("/console/inbox");
            assertThat(known.asked()).noneMatch(asked -> asked.line().contains("/api/"));
        }
    }

    @Test
    void every_page_has_the_number_and_asks_for_it_once_in_a_while() {
        console.answer(ATTENTION, 200, TWO);
        await().atMost(Duration.ofSeconds(20)).until(
                () -> console.get("/console/design").body().contains("<title>(2) Components"));

        for (int i = 0; i < 5; i++) {
            assertThat(console.get("/console").body()).contains("<title>(2) Launches · Campaign Launcher</title>");
        }
        assertThat(console.asked()).filteredOn(asked -> asked.line().equals(ATTENTION)).hasSizeLessThan(4);
    }

    @Test
    void a_page_comes_without_the_number_where_it_is_not_told() {
        console.answer(ATTENTION, 503, "{\"title\":\"Not possible at the moment\"}");

        var page = console.get("/console");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>Launches · Campaign Launcher</title>");
        assertThat(console.get("/console/inbox").statusCode()).isEqualTo(503);
    }
}
