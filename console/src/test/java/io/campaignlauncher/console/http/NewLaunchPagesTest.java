package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NewLaunchPagesTest {

    private static final String FORM = "key=8d0e2f4a-0000-4000-8000-000000000001&adAccountId=act_1&name=Spring"
            + "&strategy=ONE_FIFTY_ONE&count=2&dailyBudget=20";

    private RunningConsole console;

    @BeforeEach
    void start() {
        console = new RunningConsole();
        console.answer("GET /v1/credentials?limit=200", 200, "{\"credentials\":[],\"next\":null}");
        console.answer("GET /v1/jobs?limit=200", 200, "{\"jobs\":[],\"next\":null}");
        console.answer("GET /v1/media?limit=200", 200, "{\"media\":[],\"next\":null}");
        console.answer("GET /v1/media?adAccountId=act_1&limit=200", 200, "{\"media\":[],\"next\":null}");
        console.answer("GET /v1/media?limit=200&adAccountId=act_1", 200, "{\"media\":[],\"next\":null}");
    }

    @AfterEach
    void stop() {
        console.close();
    }

    private HttpResponse<String> post(String path, String form) {
        var page = console.get("/console/design");
        return console.post(path, form + "&_csrf=" + URLEncoder.encode(ConsoleTest.token(page), StandardCharsets.UTF_8),
                "cookie", ConsoleTest.cookie(page));
    }

    @Test
    void a_form_has_its_key_in_its_address_so_that_it_is_the_same_form_when_loaded_again() {
        var first = console.get("/console/new").headers().firstValue("location").orElseThrow();

        assertThat(first).matches("/console/new\\?key=[0-9a-f-]{36}");
        assertThat(console.get("/console/new").headers().firstValue("location")).isPresent().get()
                .isNotEqualTo(first);
        var key = first.substring(first.indexOf('=') + 1);
        assertThat(console.get(first).body()).contains("name=\"key\" value=\"" + key + "\"");
        assertThat(console.get(first).body()).contains("name=\"key\" value=\"" + key + "\"")
                .doesNotContain("id=\"launch\"");
    }

    @Test
    void what_was_typed_stays_where_the_service_is_away() {
        console.answer("POST /v1/jobs?dryRun=true", 503, "{\"title\":\"Not now\"}");

        var page = post("/console/new", FORM + "&message=Hello+%22you%22");

        assertThat(page.body()).contains("Not now", "value=\"Spring\"", "Hello \"you\"")
                .doesNotContain("id=\"launch\"");
    }

    @Test
    void nothing_is_launched_that_was_not_shown() {
        var page = post("/console/new/launch", FORM);

        assertThat(page.body()).contains("Check it first", "value=\"Spring\"");
        assertThat(console.asked()).noneMatch(asked -> asked.line().startsWith("POST"));
    }

    @Test
    void an_answer_that_does_not_come_leaves_the_same_launch_ready_to_be_sent_again() {
        console.answer("POST /v1/jobs", 503, "{\"title\":\"Not now\"}");

        var page = post("/console/new/launch", FORM + "&hash=v1.aa");

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("id=\"launch\"", "name=\"hash\" value=\"v1.aa\"",
                "name=\"key\" value=\"8d0e2f4a-0000-4000-8000-000000000001\"");
        console.answer("POST /v1/jobs", 202, "{\"jobId\":\"34498280-a3ca-3807-b2fa-69ed47c36fae\"}");
        assertThat(post("/console/new/launch", FORM + "&hash=v1.aa").headers().firstValue("location"))
                .contains("/console/jobs/34498280-a3ca-3807-b2fa-69ed47c36fae");
    }

    @Test
    void amounts_are_sent_as_the_account_counts_them() {
        console.answer("POST /v1/jobs?dryRun=true", 200, """
                {"launchable":true,"outcome":"PASSED","hash":"v1.aa","names":{"campaign":"Spring","adSets":[]},
                 "calls":{"total":3},"price":{"currency":"JPY","decimals":0,"adSets":[],"total":{}},"checks":[],
                 "blockers":[],"warnings":[],"validated":[],"notValidated":[]}""");

        var page = post("/console/new", FORM);

        assertThat(page.body()).contains("JPY, as the ad account has it", "name=\"decimals\" value=\"0\"");
        assertThat(console.asked()).filteredOn(asked -> asked.line().startsWith("POST"))
                .as("once as assumed, once as it is").hasSize(2);
        post("/console/new", FORM + "&moneyOf=act_1&currency=JPY&decimals=0");
        assertThat(console.asked()).filteredOn(asked -> asked.line().startsWith("POST")).hasSize(3);
    }
}
