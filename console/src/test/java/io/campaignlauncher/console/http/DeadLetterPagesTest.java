package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLetterPagesTest {

    private static final String LETTER = """
            {"topic":"campaign.commands","partition":0,"offset":17,"parkedAt":"2026-01-01T12:00:00Z","reason":"credentialId is <b>",
             "reasonKind":"credentialId is <b>","advice":"Store it.","consumer":"job-service","type":"CreateCampaign",
             "source":"campaign.commands-1@5","about":"34498280-a3ca-3807-b2fa-69ed47c36fae","tenant":"acme","valueBytes":220,
             "cameBack":false,"redrivable":true,"redrivenAt":null""";
    private static final String GROUP = """
            {"topic":"campaign.commands","reasonKind":"credentialId is <b>","count":%d,"redrivable":%d,"cameBack":0,
             "oldest":"2026-01-01T12:00:00Z","newest":"2026-01-02T12:00:00Z","advice":"Store it."}""";
    private static final String KIND = "?topic=campaign.commands&reasonKind=credentialId+is+%3Cb%3E";

    private RunningConsole console;

    @BeforeEach
    void start() {
        console = new RunningConsole();
    }

    @AfterEach
    void stop() {
        console.close();
    }

    private void list(String query, int count, int redrivable) {
        console.answer("GET /v1/dead-letters?" + query, 200, "{\"upToDate\":true,\"groups\":["
                + (count == 0 ? "" : GROUP.formatted(count, redrivable)) + "],\"letters\":["
                + (count == 0 ? "" : LETTER + "}") + "],\"next\":null}");
    }

    @Test
    void says_so_where_everything_was_understood() {
        list("limit=1", 0, 0);

        assertThat(console.get("/console/dead-letters").body()).contains("No dead letters: everything was understood");
    }

    @Test
    void groups_lead_to_their_letters_with_what_to_do_beside_them() {
        list("limit=1", 12, 12);

        assertThat(console.get("/console/dead-letters").body()).contains("credentialId is &lt;b&gt;", "Store it.",
                "href=\"/console/dead-letters" + KIND.replace("&", "&amp;") + "\"");
    }

    @Test
    void a_group_is_redriven_with_its_number_on_the_button_and_none_where_it_cannot_be() {
        var query = "limit=50&topic=campaign.commands&reasonKind=credentialId%20is%20%3Cb%3E";
        list(query, 12, 12);
        assertThat(console.get("/console/dead-letters" + KIND).body()).contains("Redrive 12",
                "name=\"count\" value=\"12\"", "href=\"/console/dead-letters/campaign.commands/0/17\"");
        list(query, 1200, 1);
        assertThat(console.get("/console/dead-letters" + KIND).body()).contains("Redrive the first 500 of 1200");
        list(query, 12, 0);
        assertThat(console.get("/console/dead-letters" + KIND).body()).doesNotContain(">Redrive ");
    }

    @Test
    void a_letter_shows_what_it_says_about_itself_and_its_contents_only_masked_and_when_asked() {
        var address = "/v1/dead-letters/campaign.commands/0/17";
        console.answer("GET " + address, 200, LETTER + ",\"headers\":{\"ce_type\":\"CreateCampaign\"}}");
        console.answer("GET " + address + "?view=masked", 200,
                LETTER + ",\"headers\":{},\"value\":{\"userId\":\"*** (9 characters)\"},\"mistake\":null}");

        var page = console.get("/console/dead-letters/campaign.commands/0/17").body();
        assertThat(page).contains("ce_type", "credentialId is &lt;b&gt;", "Masked view of its contents", ">Redrive<")
                .doesNotContain("characters)");
        assertThat(console.get("/console/dead-letters/campaign.commands/0/17?view=masked").body())
                .contains("*** (9 characters)");
    }

    @Test
    void a_redrive_answers_with_what_became_of_each_letter() {
        list("limit=1", 0, 0);
        var page = console.get("/console/dead-letters");
        console.answer("POST /v1/dead-letters/redrive", 200,
                """
                        {"letters":[{"topic":"campaign.commands","partition":0,"offset":17,"result":"redriven","detail":""},
                         {"topic":"campaign.commands","partition":0,"offset":18,"result":"impossible","detail":"It was too large."}],
                         "left":3}""");

        var answer = console.post("/console/dead-letters/redrive",
                "topic=campaign.commands&reason=r&count=5&_csrf=" + ConsoleTest.token(page), "cookie",
                ConsoleTest.cookie(page));

        assertThat(answer.body()).contains("1 of 2 were redriven; 3 more are left.", "left alone", "It was too large.",
                "To the other 3");
    }

    @Test
    void what_the_service_refuses_is_said_in_its_words() {
        list("limit=1", 0, 0);
        var page = console.get("/console/dead-letters");
        console.answer("POST /v1/dead-letters/redrive", 409,
                "{\"title\":\"There are not as many any more\",\"detail\":\"13 now, not 12\"}");

        var answer = console.post("/console/dead-letters/redrive",
                "topic=x&reason=r&count=12&_csrf=" + ConsoleTest.token(page), "cookie", ConsoleTest.cookie(page));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("There are not as many any more", "13 now, not 12");
    }
}
