package io.campaignlauncher.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.campaignlauncher.standalone.People.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.PostOutcome;
import io.campaignlauncher.schemas.PostReported;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.standalone.Services.Service;
import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.Rights;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The marketplace in a browser, with the whole system behind it. */
@OnRunningSystem
@InBrowser
class ConsoleMarketIT {

    private static final String CHAT = "@tidy_otters";
    private static final long CHAT_ID = -1_001_000_000_077L;
    private static final int CASES_MAX = 60;

    private static People people;
    private static HttpApi admin;
    private static People.Person publisher;
    private static String channel;
    private final RunningSystem system;
    private final Chromium chromium;

    ConsoleMarketIT(RunningSystem system, Chromium chromium) {
        this.system = system;
        this.chromium = chromium;
    }

    @BeforeAll
    static void open(RunningSystem system) {
        var world = system.standalone().telegram().world();
        world.addChannel(CHAT_ID, CHAT.substring(1), "Tidy otters");
        world.setMembership(CHAT, TelegramSimulator.BOT_ID, Membership.administrator(Rights.POST));
        people = new People(system.standalone());
        admin = people.admin();
        publisher = people.registered();
        channel = ok(publisher.http().post("/api/channels", Map.of("chat", CHAT, "price", "10.00")), 201).path("id")
                .asString();
    }

    @Test
    void an_advertiser_hands_in_a_moderator_approves_by_keyboard_alone_and_the_post_is_paid() {
        var ann = advertiser();
        var text = "Otters by hand " + UUID.randomUUID();
        var page = loggedIn(ann.name(), "");
        assertThat(page.locator(".empty h2")).hasText("No campaigns yet");
        link(page, "New campaign").click();
        page.getByLabel("Name").fill("Otters");
        page.getByLabel("Budget").fill("100.00");
        button(page, "Set it up").click();
        assertThat(page.locator("h1")).hasText("Otters");
        page.getByText("Activate…").click();
        button(page, "Activate").click();
        assertThat(page.locator(".title .state")).containsText("active");
        link(page, "New target").click();
        page.getByLabel("Channel", new Page.GetByLabelOptions().setExact(true)).selectOption(channel);
        page.getByLabel("Text").fill(text);
        page.getByLabel("Link").fill("https://example.org/otters");
        button(page, "Save the draft").click();
        assertThat(page.locator(".title .state")).containsText("draft");
        button(page, "Hand it in").click();
        assertThat(page.locator(".title .state")).containsText("under review");
        assertThat(Chromium.violations(page)).isEmpty();

        var queue = loggedIn(people.having(admin, "moderator").name(), "/queue");
        openByKeys(queue, text);
        queue.keyboard().press("a");
        queue.keyboard().press("Enter");
        assertThat(queue.locator("[role=status]")).containsText(text);
        assertThat(queue.locator("[role=status]")).containsText("approved");
        assertThat(Chromium.violations(queue)).isEmpty();

        await("the post is paid").atMost(RunningSystem.PATIENCE).untilAsserted(() -> {
            page.reload();
            assertThat(page.locator(".lead").textContent()).isEqualTo("It is out, was seen there, and is paid.");
        });
        assertThat(page.locator("main")).containsText("9.00 is paid to the publisher, 1.00 is the commission.");
        assertThat(page.locator("#happened ~ ol li").last()).containsText("Drafted, for 10.00.");
        var proof = link(page, "the post");
        assertThat(proof).hasAttribute("rel", "noopener noreferrer");
        link(page, "Wallet").click();
        assertThat(page.locator(".money").first()).hasText("490.00");
        assertThat(page.locator("tbody tr").first()).containsText("Held for an approved post");
        assertThat(page.locator("tbody tr").first()).containsText("−10.00");
        var paid = loggedIn(publisher.name(), "/wallet");
        assertThat(paid.locator("tbody tr").first()).containsText("Paid for a post in your channel");
        assertThat(paid.locator("tbody tr").first()).containsText("+9.00");
        link(paid, "Posts").click();
        assertThat(paid.locator("tbody")).containsText(text);
        assertThat(Chromium.violations(paid)).isEmpty();
    }

    @Test
    void what_was_rejected_comes_back_with_the_reason_and_the_moderator_sees_what_changed() {
        var ann = advertiser();
        var name = "loud " + UUID.randomUUID();
        var target = handedIn(ann, campaign(ann), name + ", buy now");
        var queue = loggedIn(people.having(admin, "moderator").name(), "/queue");
        openByKeys(queue, name);

        queue.keyboard().press("r");
        assertThat(queue.getByLabel("Reason")).isFocused();
        queue.keyboard().press("Enter");
        assertThat(queue.locator("#case")).containsText(name);
        queue.keyboard().type("no jokes, please");
        queue.keyboard().press("Enter");
        assertThat(queue.locator("[role=status]")).containsText("Its advertiser sees your reason.");

        var page = loggedIn(ann.name(), target);
        assertThat(page.locator(".note.bad")).containsText("no jokes, please");
        link(page, "Change it").click();
        page.getByLabel("Text").fill(name + ", look first");
        button(page, "Save the change").click();
        button(page, "Hand it in").click();
        openByKeys(queue, name);
        assertThat(queue.locator("#changed")).hasText("What changed since version 1");
        assertThat(queue.locator(".changes del").first()).containsText("removed: buy");
        assertThat(queue.locator(".changes ins").first()).containsText("added: look");
        assertThat(queue.locator(".decisions")).containsText("Version 1: rejected by you");
        assertThat(queue.locator(".decisions")).containsText("no jokes, please");
    }

    @Test
    void a_case_that_changes_under_a_moderators_eyes_is_not_approved_but_shown_as_it_is_now() {
        var ann = advertiser();
        var name = "swift " + UUID.randomUUID();
        var target = handedIn(ann, campaign(ann), name);
        var queue = loggedIn(people.having(admin, "moderator").name(), "/queue");
        openByKeys(queue, name);
        ok(ann.http().patch("/api" + target, Map.of("channelId", channel, "text", name + " and sly")), 200);

        queue.keyboard().press("a");
        queue.keyboard().press("Enter");

        assertThat(queue.locator(".problem")).containsText("its version is 2");
        assertThat(queue.locator(".changes ins")).containsText("and sly");
        queue.keyboard().press("a");
        queue.keyboard().press("Enter");
        assertThat(queue.locator("[role=status]")).containsText(name);
    }

    @Test
    void keys_do_nothing_while_somebody_types_and_can_be_turned_off() {
        var ann = advertiser();
        var campaign = campaign(ann);
        var name = "quiet " + UUID.randomUUID();
        handedIn(ann, campaign, name);
        handedIn(ann, campaign, "another one");
        var queue = loggedIn(people.having(admin, "moderator").name(), "/queue");
        openByKeys(queue, name);
        queue.keyboard().press("r");
        queue.keyboard().type("jar");
        assertThat(queue.getByLabel("Reason")).hasValue("jar");
        assertThat(queue.locator("#case")).containsText(name);
        queue.locator(".reasons button").first().click();
        assertThat(queue.getByLabel("Reason")).hasValue("The text promises too much");

        queue.getByLabel("Keys are on").uncheck();
        queue.reload();
        assertThat(queue.getByLabel("Keys are on")).not().isChecked();
        queue.locator("h1").click();
        queue.keyboard().press("a");
        assertThat(queue.locator("#approve")).not().hasAttribute("open", "");
    }

    @Test
    void a_moderator_decides_without_scripts() {
        var ann = advertiser();
        var campaign = campaign(ann);
        var good = handedIn(ann, campaign, "plain and good");
        var bad = handedIn(ann, campaign, "plain and bad");
        var queue = loggedIn(people.having(admin, "moderator").name(), "/queue?target=" + id(bad),
                options -> options.setJavaScriptEnabled(false));
        assertThat(queue.locator(".keys")).isHidden();
        queue.getByText("Reject…").click();
        queue.getByLabel("Reason").fill("too plain");
        button(queue, "Reject version 1").click();
        assertThat(queue.locator("[role=status]")).containsText("rejected");

        queue.navigate(console("/queue?target=" + id(good)));
        queue.getByText("Approve…").click();
        button(queue, "Approve version 1").click();

        assertThat(queue.locator("[role=status]")).containsText("approved");
    }

    @Test
    void a_post_of_which_nobody_knows_is_decided_by_a_person_and_its_money_comes_back() {
        var ann = advertiser();
        var name = "lost " + UUID.randomUUID();
        var target = handedIn(ann, campaign(ann), name);
        system.services().stop(Service.POSTING);
        try {
            approved(target);
            await("it is begun").atMost(RunningSystem.PATIENCE)
                    .until(() -> job(ann, target).path("status").asString().equals("posting"));
            report(target, job(ann, target).path("id").asString());
            await("nobody knows").atMost(RunningSystem.PATIENCE)
                    .until(() -> job(ann, target).path("doubt").isString());
            var page = loggedIn(people.having(admin, "admin").name(), "/posts/unknown");
            var one = page.locator("section.card", new Page.LocatorOptions().setHasText(name));
            assertThat(one).containsText("the connection broke");
            assertThat(one).containsText("The money 10.00 comes back to the advertiser.");
            chromium.isForEverybody(console("/posts/unknown"), "market-unknown", page.context().cookies());
            one.getByLabel("There is none").check();
            one.getByLabel("Reason").fill("looked into the channel");
            one.getByRole(AriaRole.BUTTON).click();
            assertThat(page.locator("main")).not().containsText(name);
            assertThat(Chromium.violations(page)).isEmpty();
        } finally {
            system.services().start(Service.POSTING);
        }
        var page = loggedIn(ann.name(), target);
        assertThat(page.locator(".lead")).hasText("It did not go out, and its money came back.");
        assertThat(page.locator("main")).containsText("A person has looked: there is no post");
        link(page, "Wallet").click();
        assertThat(page.locator(".money").first()).hasText("500.00");
    }

    @Test
    void what_was_typed_survives_a_log_in_in_between() {
        var ann = advertiser();
        var page = loggedIn(ann.name(), "/campaigns/new");
        page.getByLabel("Name").fill("Long thought");
        page.getByLabel("Budget").fill("12.00");
        assertThat(ann.http().post("/api/auth/logout-all", Map.of()).status()).isEqualTo(204);
        await("the marketplace knows").atMost(RunningSystem.PATIENCE)
                .until(() -> ann.http().get("/api/campaigns").status() == 401);

        button(page, "Set it up").click();

        assertThat(page.locator("h1")).hasText("Log in first");
        page.locator("main").getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Log in")).click();
        logIn(page, ann.name());
        assertThat(page.getByLabel("Name")).hasValue("Long thought");
        assertThat(page.getByLabel("Budget")).hasValue("12.00");
        assertThat(page.locator("[data-kept]")).isVisible();
        button(page, "Set it up").click();
        assertThat(page.locator("h1")).hasText("Long thought");
        page.navigate(console("/campaigns/new"));
        assertThat(page.getByLabel("Name")).hasValue("");
    }

    @Test
    void a_channel_is_offered_and_looked_at_and_money_is_recorded_and_corrected_by_two_people() {
        var paul = people.registered();
        var page = loggedIn(paul.name(), "/channels");
        page.getByLabel("Channel").fill("@nowhere_at_all");
        page.getByLabel("Price of a post").fill("5.00");
        button(page, "Offer it").click();
        assertThat(page.locator("#chat-mistake")).isVisible();
        assertThat(page.getByLabel("Price of a post")).hasValue("5.00");
        var offered = loggedIn(publisher.name(), "/channels");
        button(offered, "Look again at Tidy otters").click();
        assertThat(offered.locator("tbody").first()).containsText("the bot may post");

        var clerk = loggedIn(people.having(admin, "admin").name(), "/wallets");
        clerk.locator("#of-userId").fill(paul.userId());
        clerk.getByLabel("Amount").fill("7.50");
        clerk.getByLabel("Number of the payment").fill("bank-" + paul.userId());
        button(clerk, "Record it").click();
        assertThat(clerk.locator("h1")).hasText("All wallets");
        clerk.navigate(console("/wallets?userId=" + paul.userId()));
        assertThat(clerk.locator("tbody tr")).containsText("7.50");
        var reason = "counted twice " + UUID.randomUUID();
        clerk.locator("tbody").getByText("Correct").click();
        clerk.getByLabel("To wallet").fill(ok(admin.get("/api/admin/wallets?userId=" + advertiser().userId()), 200)
                .path("wallets").path(0).path("id").asString());
        clerk.getByLabel("Amount").fill("0.50");
        clerk.getByLabel("Reason").fill(reason);
        button(clerk, "Propose it").click();
        assertThat(clerk.locator("tbody tr").first()).containsText(reason);
        assertThat(clerk.locator("tbody tr").first()).containsText("another super_admin decides");
        var boss = loggedIn("admin", people.adminPassword(), "/corrections", options -> options);
        var row = boss.locator("tbody tr", new Page.LocatorOptions().setHasText(reason));
        row.getByText("Approve…").click();
        row.getByRole(AriaRole.BUTTON).click();
        assertThat(row).containsText("done");
    }

    @Test
    void is_for_everybody_and_on_every_screen() {
        var ann = advertiser();
        var campaign = campaign(ann);
        ok(ann.http().post("/api" + campaign + "/targets", Map.of("channelId", channel, "text",
                "A first thought about otters, which nobody has seen yet")), 201);
        var released = handedIn(ann, campaign, "Otters are tidy.\nLook at them.");
        approved(released);
        var changed = handedIn(ann, campaign, "Buy loud otters today, before they are gone");
        ok(admin.post("/api/admin/moderation/targets/" + id(changed) + "/reject",
                Map.of("version", 1, "reason", "The text promises too much")), 200);
        ok(ann.http().patch("/api" + changed, Map.of("channelId", channel, "text",
                "Buy quiet otters today, while there are some", "link", "https://example.org/otters")), 200);
        ok(ann.http().post("/api" + changed + "/submit", Map.of()), 200);
        await("a post is paid").atMost(RunningSystem.PATIENCE).until(() -> ok(ann.http().get("/api" + released), 200)
                .path("escrow").path("status").asString().equals("released"));
        var advertising = loggedIn(ann.name(), "").context().cookies();
        chromium.isForEverybody(console(""), "market-campaigns", advertising);
        chromium.isForEverybody(console("/campaigns/new"), "market-campaign-new", advertising);
        chromium.isForEverybody(console(campaign), "market-campaign", advertising);
        chromium.isForEverybody(console(campaign + "/targets/new"), "market-target-new", advertising);
        chromium.isForEverybody(console(released), "market-target", advertising);
        chromium.isForEverybody(console(changed), "market-target-submitted", advertising);
        chromium.isForEverybody(console("/wallet"), "market-wallet", advertising);
        chromium.isForEverybody(console("/posts"), "market-posts", advertising);
        chromium.isForEverybody(console("/channels"), "market-channels",
                loggedIn(publisher.name(), "").context().cookies());
        var moderating = loggedIn(people.having(admin, "moderator").name(), "").context().cookies();
        chromium.isForEverybody(console("/queue?target=" + id(changed)), "market-queue", moderating);
        chromium.isForEverybody(console("/queue?target=" + id(released)), "market-queue-decided", moderating);
        var boss = loggedIn("admin", people.adminPassword(), "", options -> options).context().cookies();
        chromium.isForEverybody(console("/posts/unknown"), "market-unknown-none", boss);
        chromium.isForEverybody(console("/wallets"), "market-wallets", boss);
        chromium.isForEverybody(console("/corrections"), "market-corrections", boss);
    }

    /** Somebody with 500.00. */
    private People.Person advertiser() {
        var somebody = people.registered();
        ok(admin.post("/api/admin/wallets/" + somebody.userId() + "/deposits",
                Map.of("amount", "500.00", "externalId", "pay-" + somebody.userId())), 201);
        return somebody;
    }

    /** An active one. @return its address below the API, and below the marketplace's pages */
    private static String campaign(People.Person advertiser) {
        var address = "/campaigns/" + ok(advertiser.http().post("/api/campaigns",
                Map.of("name", "Otters in spring", "totalBudget", "100.00")), 201).path("id").asString();
        ok(advertiser.http().post("/api" + address + "/activate", Map.of()), 200);
        return address;
    }

    /** What waits for a moderator. @return its address, as that of a campaign */
    private static String handedIn(People.Person advertiser, String campaign, String text) {
        var content = new HashMap<>(Map.of("channelId", channel, "text", text));
        var address = campaign + "/targets/"
                + ok(advertiser.http().post("/api" + campaign + "/targets", content), 201).path("id").asString();
        ok(advertiser.http().post("/api" + address + "/submit", Map.of()), 200);
        return address;
    }

    private static void approved(String target) {
        ok(admin.post("/api/admin/moderation/targets/" + id(target) + "/approve", Map.of("version", 1)), 200);
    }

    private static String id(String address) {
        return address.substring(address.lastIndexOf('/') + 1);
    }

    private static JsonNode job(People.Person advertiser, String target) {
        return ok(advertiser.http().get("/api" + target), 200).path("postJob");
    }

    /** As a worker tells it that gives up looking. */
    private void report(String target, String job) {
        var report = PostReported.newBuilder().setPostJobId(job).setTargetId(id(target)).setOutcome(PostOutcome.ASKED)
                .setDetail("the connection broke").setAt(Instant.now()).build();
        system.publish(system.records().record(Topic.POSTING_EVENTS, id(target), report,
                Envelope.of(UUID.randomUUID().toString(), "PostReported", "/posting-service", id(target),
                        Instant.now())));
    }

    /** Goes through the queue until the case is open whose text has this in it. */
    private static void openByKeys(Page queue, String text) {
        queue.navigate(queue.url().replaceFirst("\\?.*", ""));
        var open = queue.locator("#case");
        for (int i = 0; i < CASES_MAX && !open.textContent().contains(text); i++) {
            var before = queue.url();
            queue.keyboard().press("j");
            queue.waitForURL(url -> !url.equals(before));
        }
        assertThat(open).containsText(text);
    }

    private Page loggedIn(String name, String path) {
        return loggedIn(name, path, options -> options);
    }

    private Page loggedIn(String name, String path, UnaryOperator<Browser.NewContextOptions> options) {
        return loggedIn(name, People.PASSWORD, path, options);
    }

    private Page loggedIn(String name, String password, String path, UnaryOperator<Browser.NewContextOptions> options) {
        var page = chromium.visitor(options);
        page.navigate(system.standalone().api().resolve("/console/login?next=" + URLEncoder.encode(
                "/console/market" + path, StandardCharsets.UTF_8)).toString().replace("127.0.0.1", "localhost"));
        logIn(page, name, password);
        return page;
    }

    private static void logIn(Page page, String name) {
        logIn(page, name, People.PASSWORD);
    }

    private static void logIn(Page page, String name, String password) {
        page.locator("[name=username]").fill(name);
        page.locator("[name=password]").fill(password);
        button(page, "Log in").click();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator link(Page page, String name) {
        return page.locator("main").getByRole(AriaRole.LINK,
                new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private String console(String rest) {
        return "http://localhost:" + system.standalone().api().getPort() + "/console/market" + rest;
    }
}
