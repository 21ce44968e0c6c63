package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The marketplace's pages, with a marketplace behind them that says what a test tells it to. */
class MarketPagesTest {

    private static final String CAMPAIGN = "34498280-a3ca-3807-b2fa-69ed47c36fae";
    private static final String TARGET = "2b1a3c7e-1f6b-3b7e-9c4d-0a1b2c3d4e5f";
    private static final String CAMPAIGN_PAGE = "/console/market/campaigns/" + CAMPAIGN;
    private static final String TARGETS = "/api/campaigns/" + CAMPAIGN + "/targets";
    private static final String PENDING = "GET /api/admin/moderation/pending?limit=50";
    private static final String CASE = "/api/admin/moderation/targets/" + TARGET;
    private static final Pattern KEY = Pattern.compile("name=\"key\" value=\"([^\"]+)\"");

    private FakeIdentity identity;
    private RunningConsole console;

    @BeforeEach
    void start() {
        identity = new FakeIdentity();
        identity.user("ann", "advertiser", "publisher");
        identity.user("mod", "moderator");
        identity.user("boss", "admin");
        identity.user("paul", "publisher");
        console = RunningConsole.knowing(identity);
        console.answer("GET /api/campaigns/" + CAMPAIGN, 200, campaign("active"));
        console.answer("GET " + TARGETS + "?limit=50", 200, "{\"targets\":[]}");
        console.answer("GET /api/channels?limit=200", 200, "{\"channels\":[]}");
        console.answer(PENDING, 200, "{\"targets\":[" + target(1) + "]}");
        console.answer("GET " + CASE, 200, review(1));
    }

    @AfterEach
    void stop() {
        console.close();
        identity.close();
    }

    private static String campaign(String status) {
        return """
                {"id":"%s","name":"Otters","status":"%s","totalBudget":"1000.00","held":"20.00","spent":"5.00",
                 "advertiserId":"somebody else","createdAt":"2026-01-01T00:00:00Z"}""".formatted(CAMPAIGN, status);
    }

    private static String target(int version) {
        return """
                {"id":"%s","campaignId":"%s","campaignName":"Otters","advertiserId":"ann's","status":"submitted",
                 "version":%d,"amount":"10.00","place":"telegram","channelTitle":"Launches","text":"<b>text %d</b>",
                 "updatedAt":"2026-01-01T00:00:00Z","escrow":null,"postJob":null}"""
                .formatted(TARGET, CAMPAIGN, version, version);
    }

    private static String review(int version) {
        return "{\"target\":" + target(version) + ",\"versions\":[" + version(1) + "," + version(2)
                + "],\"decisions\":[]}";
    }

    private static String version(int number) {
        return "{\"version\":%d,\"at\":\"\",\"place\":\"telegram\",\"channelTitle\":\"Launches\",\"amount\":\"10.00\",\"text\":\"<b>text %d</b>\"}"
                .formatted(number, number);
    }

    private String as(String name) {
        return LogInTest.session(console.logIn(name, FakeIdentity.PASSWORD, "/console"));
    }

    private HttpResponse<String> get(String name, String path) {
        return console.get(path, "cookie", as(name));
    }

    /** As somebody who loads the page and sends its form. */
    private HttpResponse<String> send(String session, String path, String form) {
        var page = console.get("/console/login");
        return console.post(path, "_csrf=" + ConsoleTest.token(page) + "&" + form, "cookie",
                session + "; " + ConsoleTest.cookie(page));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private List<RunningConsole.Asked> sent() {
        return console.asked().stream().filter(one -> !one.line().startsWith("GET ")).toList();
    }

    @Test
    void asks_whoever_sits_at_the_machine_to_log_in() {
        for (var path : List.of("/console/market", "/console/market/queue", "/console/market/wallet")) {
            var page = console.get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(403);
            assertThat(page.body()).as(path).contains("Log in first", "href=\"/console/login?next=");
        }
        assertThat(console.asked()).noneMatch(one -> one.line().contains("/api/"));
    }

    @Test
    void offers_each_role_what_it_may_do() {
        console.answer("GET /api/campaigns?limit=50", 200, "{\"campaigns\":[" + campaign("active") + "]}");

        assertThat(get("ann", "/console/market").body()).contains("New campaign", "975.00").doesNotContain("Queue");
        assertThat(get("mod", "/console/market").body()).contains("/console/market/queue")
                .doesNotContain("New campaign", "All wallets");
        assertThat(get("boss", "/console/market").body()).contains("All wallets", "Waiting for a person");
        assertThat(get("paul", "/console/market").headers().firstValue("location"))
                .contains("/console/market/channels");
        assertThat(get("ann", "/console/market/queue").statusCode()).isEqualTo(403);
        assertThat(get("mod", "/console/market/posts/unknown").statusCode()).isEqualTo(403);
    }

    @Test
    void makes_one_campaign_of_a_form_that_is_sent_twice() {
        var ann = as("ann");
        console.answer("POST /api/campaigns", 201, "{\"id\":\"" + CAMPAIGN + "\"}");
        var form = console.get("/console/market/campaigns/new", "cookie", ann);
        var key = KEY.matcher(form.body());
        assertThat(key.find()).isTrue();
        var typed = "key=" + key.group(1) + "&name=Otters&totalBudget=100.00";

        var first = send(ann, "/console/market/campaigns/new", typed);
        send(ann, "/console/market/campaigns/new", typed);

        assertThat(first.statusCode()).isEqualTo(303);
        assertThat(first.headers().firstValue("location")).contains(CAMPAIGN_PAGE);
        assertThat(sent()).hasSize(2).allSatisfy(one -> {
            assertThat(one.key()).isEqualTo(key.group(1));
            assertThat(one.body()).isEqualTo("{\"name\":\"Otters\",\"totalBudget\":\"100.00\"}");
        });
        assertThat(console.get("/console/market/campaigns/new", "cookie", ann).body()).doesNotContain(key.group(1));
    }

    @Test
    void keeps_what_was_typed_and_says_what_is_wrong_at_its_field() {
        var ann = as("ann");
        console.answer("POST /api/campaigns", 400, """
                {"title":"totalBudget must be above zero","detail":"totalBudget must be above zero",
                 "errors":[{"field":"totalBudget","message":"must be above zero"}]}""");

        var page = send(ann, "/console/market/campaigns/new", "key=k-1&name=%3CTidy%3E+otters&totalBudget=0");

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("value=\"&lt;Tidy> otters\"", "value=\"0\"", "value=\"k-1\"",
                "aria-describedby=\"totalBudget-mistake\"", "✕ must be above zero", "This cannot be saved yet");
    }

    @Test
    void keeps_what_was_typed_and_its_key_while_the_service_is_away() {
        var ann = as("ann");
        console.answer("POST " + TARGETS, 503, "{\"title\":\"Not now\",\"detail\":\"later\"}",
                Map.of("Retry-After", "7"));

        var page = send(ann, CAMPAIGN_PAGE + "/targets/new",
                "key=k-2&place=telegram&channelId=x&text=Two%0D%0Alines&link=");

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.headers().firstValue("retry-after")).contains("7");
        assertThat(page.body()).contains("Not now", "value=\"k-2\"", ">Two").contains("lines</textarea>");
        assertThat(sent()).singleElement().satisfies(one -> assertThat(one.body())
                .isEqualTo("{\"channelId\":\"x\",\"text\":\"Two\\nlines\"}"));
    }

    @Test
    void sends_a_launch_as_json_and_a_time_as_utc() {
        var ann = as("ann");
        console.answer("POST " + TARGETS, 201, "{\"id\":\"" + TARGET + "\"}");
        var place = "key=k&place=facebook&adAccountId=act_1&postAt=2026-12-01T10%3A30&launch=";

        var wrong = send(ann, CAMPAIGN_PAGE + "/targets/new", place + encoded("{\n\"a\":\n}"));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("is not JSON: look at line 3", "act_1");
        assertThat(sent()).isEmpty();

        var right = send(ann, CAMPAIGN_PAGE + "/targets/new", place + encoded("{\"a\":1}"));
        assertThat(right.headers().firstValue("location")).contains(CAMPAIGN_PAGE + "/targets/" + TARGET);
        assertThat(sent().getLast().body())
                .isEqualTo("{\"postAt\":\"2026-12-01T10:30Z\",\"adAccountId\":\"act_1\",\"launch\":{\"a\":1}}");
    }

    @Test
    void says_why_a_campaign_was_not_changed_and_shows_it_as_it_is() {
        var boss = as("boss");
        console.answer("POST /api/campaigns/" + CAMPAIGN + "/cancel", 409,
                "{\"title\":\"Posts are going out, or nobody knows whether they have: [x]\"}");

        var page = send(boss, CAMPAIGN_PAGE, "change=cancel");

        assertThat(page.statusCode()).isEqualTo(409);
        assertThat(page.body()).contains("Posts are going out", "This cannot be undone.");
        assertThat(send(boss, CAMPAIGN_PAGE, "change=delete").statusCode()).isEqualTo(400);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void another_ones_campaign_is_a_page_that_says_there_is_none() {
        console.answer("GET /api/campaigns/" + CAMPAIGN, 404, "{\"title\":\"No such campaign\"}");

        var page = get("ann", CAMPAIGN_PAGE);

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("No such campaign");
    }

    @Test
    void a_moderator_sees_what_changed_in_words_and_decides_on_the_version_that_is_shown() {
        var mod = as("mod");
        console.answer("GET " + CASE, 200, review(2));

        var page = console.get("/console/market/queue", "cookie", mod).body();

        assertThat(page).contains("What changed since version 1", "<span class=\"hidden\">removed: </span>",
                "<span class=\"hidden\">added: </span>", "&lt;b&gt;text 2&lt;/b&gt;", "name=\"version\" value=\"2\"")
                .doesNotContain("<b>text");
        console.answer("POST " + CASE + "/approve", 200, "{}");
        var answer = send(mod, "/console/market/queue", "target=" + TARGET + "&version=2&decision=approve&next=");
        assertThat(answer.headers().firstValue("location")).contains("/console/market/queue?decided=" + TARGET);
        assertThat(sent()).singleElement().satisfies(one -> assertThat(one.body()).isEqualTo("{\"version\":2}"));
    }

    @Test
    void what_changed_under_a_moderators_eyes_is_shown_as_it_is_now() {
        var mod = as("mod");
        console.answer("GET " + CASE, 200, review(2));
        console.answer("POST " + CASE + "/approve", 409, "{\"title\":\"The target has changed: its version is 2\"}");

        var page = send(mod, "/console/market/queue", "target=" + TARGET + "&version=1&decision=approve");

        assertThat(page.statusCode()).isEqualTo(409);
        assertThat(page.body()).contains("The target has changed", "you looked at version 1. This is version 2",
                "What changed since version 1", "name=\"version\" value=\"2\"");
    }

    @Test
    void what_another_moderator_has_decided_is_shown_without_a_way_to_decide_it() {
        var mod = as("mod");
        console.answer(PENDING, 200, "{\"targets\":[]}");
        console.answer("GET " + CASE, 200, review(1).replace("\"submitted\"", "\"approved\""));
        console.answer("POST " + CASE + "/reject", 409, "{\"title\":\"The target is approved\"}");

        var page = send(mod, "/console/market/queue",
                "target=" + TARGET + "&version=1&decision=reject&reason=too+loud");

        assertThat(page.statusCode()).isEqualTo(409);
        assertThat(page.body()).contains("The target is approved", "There is nothing to decide: it is approved")
                .doesNotContain("Reject version");
    }

    @Test
    void a_rejection_without_a_reason_says_so_at_its_field() {
        var mod = as("mod");
        console.answer("POST " + CASE + "/reject", 400,
                "{\"title\":\"x\",\"errors\":[{\"field\":\"reason\",\"message\":\"is needed\"}]}");

        var page = send(mod, "/console/market/queue", "target=" + TARGET + "&version=1&decision=reject&reason=+");

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("id=\"reason-mistake\">✕ is needed", "id=\"reject\" open");
        assertThat(send(mod, "/console/market/queue", "target=" + TARGET + "&version=1").statusCode()).isEqualTo(400);
    }

    @Test
    void nobody_is_offered_to_judge_their_own() {
        identity.user("both", "advertiser", "moderator");
        var both = as("both");
        var own = target(1).replace("ann's", "id-of-both");
        console.answer(PENDING, 200, "{\"targets\":[" + own + "]}");
        console.answer("GET " + CASE, 200, "{\"target\":" + own + ",\"versions\":[],\"decisions\":[]}");

        assertThat(console.get("/console/market/queue", "cookie", both).body())
                .contains("All that waits here is yours");
        assertThat(console.get("/console/market/queue?target=" + TARGET, "cookie", both).body())
                .contains("nobody judges their own campaign").doesNotContain("Approve version");
    }

    @Test
    void a_post_in_doubt_says_what_follows_from_each_word_and_leaves_nothing_chosen() {
        var boss = as("boss");
        var doubtful = target(1).replace("\"submitted\"", "\"approved\"").replace("\"escrow\":null",
                "\"escrow\":{\"id\":\"e\",\"status\":\"held\",\"amount\":\"10.00\",\"commission\":\"1.00\",\"since\":\"\"}")
                .replace("\"postJob\":null",
                        "\"postJob\":{\"id\":\"j\",\"status\":\"posting\",\"since\":\"\",\"doubt\":\"no answer came\"}");
        console.answer("GET /api/admin/posts/unknown?limit=50", 200, "{\"targets\":[" + doubtful + "]}");

        var page = console.get("/console/market/posts/unknown", "cookie", boss).body();
        assertThat(page).contains("no answer came", "It is there", "There is none", "10.00 comes back")
                .doesNotContainPattern("name=\"posted\"[^>]*checked");

        var path = "/console/market/posts/unknown";
        assertThat(send(boss, path, "target=" + TARGET + "&reason=seen").body()).contains("say whether it is there");
        assertThat(send(boss, path, "target=" + TARGET + "&posted=true&messageId=abc&reason=seen").body())
                .contains("✕ must be a number", "value=\"abc\"");
        assertThat(sent()).isEmpty();
        console.answer("POST /api/admin/posts/" + TARGET + "/decide", 200, "{}");
        assertThat(send(boss, path, "target=" + TARGET + "&posted=true&chatId=-100&messageId=57&link=&reason=seen")
                .statusCode()).isEqualTo(303);
        assertThat(sent().getLast().body())
                .isEqualTo("{\"posted\":true,\"reason\":\"seen\",\"chatId\":-100,\"messageId\":57}");
    }

    @Test
    void a_wallet_tells_what_each_entry_was_for_and_leads_there() {
        console.answer("GET /api/wallet", 200, "{\"balance\":\"1490.00\",\"held\":\"10.00\"}");
        console.answer("GET /api/wallet/entries?limit=50", 200, """
                {"entries":[{"id":7,"type":"escrow_hold","amount":"-10.00","balanceAfter":"1490.00",
                  "createdAt":"2026-01-01T00:00:00Z","campaignId":"%s","targetId":"%s"}],"next":"7"}"""
                .formatted(CAMPAIGN, TARGET));

        assertThat(get("ann", "/console/market/wallet").body()).contains("1,490.00", "−10.00",
                CAMPAIGN_PAGE + "/targets/" + TARGET, "/console/market/wallet?after=7");
    }

    @Test
    void a_channel_that_is_looked_at_again_is_offered_again_at_its_price() {
        var ann = as("ann");
        console.answer("GET /api/channels?mine=true&limit=200", 200, "{\"channels\":[]}");
        console.answer("GET /api/channels?limit=200&mine=true", 200, "{\"channels\":[]}");
        console.answer("GET /api/channels?limit=50", 200, "{\"channels\":[]}");
        console.answer("POST /api/channels", 400,
                "{\"title\":\"x\",\"errors\":[{\"field\":\"chat\",\"message\":\"the bot is no administrator\"}]}");

        var page = send(ann, "/console/market/channels", "chat=%40otters&price=10.00");

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("✕ the bot is no administrator", "value=\"@otters\"", "You offer no channel");
    }

    @Test
    void a_session_that_ended_in_between_leads_to_the_log_in_and_back_to_the_form() {
        var ann = as("ann");
        identity.endAll();

        var page = console.get("/console/login");
        var answer = console.post("/console/market/campaigns/new",
                "_csrf=" + ConsoleTest.token(page) + "&name=x&totalBudget=1", "cookie",
                ann + "; " + ConsoleTest.cookie(page), "referer", "http://localhost/console/market/campaigns/new");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("What you sent was not taken",
                "/console/login?next=%2Fconsole%2Fmarket%2Fcampaigns%2Fnew");
    }

    @Test
    void says_so_where_the_marketplace_is_away() {
        var ann = as("ann");
        console.endOthers();

        var page = console.get("/console/market/wallet", "cookie", ann);

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("The moderation-service does not answer", "Try again");
    }
}
