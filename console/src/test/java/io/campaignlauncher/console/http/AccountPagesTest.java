package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountPagesTest {

    private static final String ACCOUNT = """
            {"adAccountId":"act_1","running":1,"changesLeft":4,"latestLaunchAt":null,"changesPerSecondMax":100,
             "expectedWaitSeconds":1,"pace":null,"usage":null,"credentials":[],"launches":[
             {"jobId":"34498280-a3ca-3807-b2fa-69ed47c36fae","campaignName":"<i>Sale","status":"completed",
              "createdAt":"2026-01-01T00:00:00Z"}]}""";

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
    void says_what_to_do_where_there_is_no_account() {
        console.answer("GET /v1/accounts?limit=50", 200, "{\"accounts\":[],\"next\":null}");

        assertThat(console.get("/console/accounts").body()).contains("No ad accounts yet");
    }

    @Test
    void leads_from_the_list_to_an_account_and_from_there_to_its_launches() {
        console.answer("GET /v1/accounts?limit=50", 200, "{\"accounts\":[" + ACCOUNT + "],\"next\":null}");
        console.answer("GET /v1/accounts/act_1", 200, ACCOUNT);

        assertThat(console.get("/console/accounts").body()).contains("href=\"/console/accounts/act_1\"",
                "No credential of yours may be used for it.");
        assertThat(console.get("/console/accounts/act_1").body()).contains("&lt;i&gt;Sale",
                "href=\"/console/jobs/34498280-a3ca-3807-b2fa-69ed47c36fae\"", "not known here");
    }

    @Test
    void leads_from_page_to_page_and_to_the_first() {
        console.answer("GET /v1/accounts?limit=50", 200, "{\"accounts\":[" + ACCOUNT + "],\"next\":\"17\"}");
        console.answer("GET /v1/accounts?limit=50&after=17", 200, "{\"accounts\":[" + ACCOUNT + "],\"next\":null}");

        assertThat(console.get("/console/accounts").body()).contains("href=\"/console/accounts?after=17\"")
                .doesNotContain("First accounts");
        assertThat(console.get("/console/accounts?after=17").body()).contains("First accounts")
                .doesNotContain("More accounts");
    }

    @Test
    void shows_an_account_of_others_like_one_that_there_is_not() {
        assertThat(console.get("/console/accounts/act_2").statusCode()).isEqualTo(404);
    }
}
