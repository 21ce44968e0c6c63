package io.campaignlauncher.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.standalone.Services.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A launch that somebody watches, in a browser: to its end without a reload, whatever is cut or started anew meanwhile. */
@OnRunningSystem
@InBrowser
class ConsoleLiveIT {

    private static final int AD_SETS = 120;
    private static final LocatorAssertions.HasTextOptions PATIENTLY = new LocatorAssertions.HasTextOptions()
            .setTimeout(RunningSystem.PATIENCE.toMillis());

    private static Relay relay;
    private final RunningSystem system;
    private final Chromium chromium;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> streams = new CopyOnWriteArrayList<>();

    ConsoleLiveIT(RunningSystem system, Chromium chromium) {
        this.system = system;
        this.chromium = chromium;
        if (relay == null) {
            relay = new Relay(() -> system.standalone().api());
        }
    }

    @AfterAll
    static void close() {
        if (relay != null) {
            relay.close();
            relay = null;
        }
    }

    @AfterEach
    void everything_runs_again() {
        relay.mend();
        for (var service : List.of(Service.JOB, Service.CONSOLE)) {
            if (!system.services().runs(service)) {
                system.services().start(service);
            }
        }
    }

    @Test
    void goes_to_its_end_without_a_reload_and_asks_for_nothing_any_more() {
        var request = slow();
        var page = watched(request);
        assertThat(page.locator("#now .bars")).containsText("1 / 1", patiently());
        assertThat(page.locator(".steps li.now")).hasText(List.of("Created: under way").toArray(String[]::new));

        toItsEnd(page, request);

        assertThat(streams).hasSize(1);
        assertThat(page.locator("#told")).containsText("completed");
        var before = List.copyOf(requests);
        page.waitForTimeout(3000);
        assertThat(requests).as("after the end").isEqualTo(before);
        assertThat(Chromium.violations(page)).isEmpty();
    }

    @Test
    void goes_on_where_it_was_when_the_connection_is_cut() {
        var request = slow();
        var page = watched(request);
        madeSome(page);

        relay.cut();
        assertThat(page.locator("#cut")).isVisible();
        relay.mend();

        toItsEnd(page, request);
        assertThat(page.locator("#cut")).isHidden();
        assertThat(streams.size()).isGreaterThan(1);
        assertThat(streams.getLast()).as("says what it has seen").matches("[1-9]\\d*");
    }

    @Test
    void goes_on_where_it_was_when_the_console_is_started_anew() {
        var request = slow();
        var page = watched(request);
        madeSome(page);

        system.services().stop(Service.CONSOLE);
        assertThat(page.locator("#cut")).isVisible();
        system.services().start(Service.CONSOLE);

        toItsEnd(page, request);
        assertThat(page.locator("#cut")).isHidden();
    }

    @Test
    void goes_on_where_it_was_when_the_job_service_is_started_anew() {
        var request = slow();
        var page = watched(request);
        madeSome(page);

        system.services().stop(Service.JOB);
        assertThat(page.locator("#cut")).isVisible();
        system.services().start(Service.JOB);

        toItsEnd(page, request);
        assertThat(page.locator("#cut")).isHidden();
    }

    @Test
    void counts_down_while_it_waits_for_a_limit() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET,
                new FaultEffect.Refused(400, 17, 2446079, "User request limit reached"), 2, 1);
        system.publish(request);
        var page = watched(request);

        assertThat(page.locator("#wait")).isVisible(new LocatorAssertions.IsVisibleOptions()
                .setTimeout(RunningSystem.PATIENCE.toMillis()));
        assertThat(page.locator("#wait time")).hasText(Pattern.compile("in (\\d+ s|a moment)"));
        toItsEnd(page, request, 3);
        assertThat(page.locator("#wait")).isHidden();
    }

    @Test
    void opens_no_stream_of_one_that_has_ended_nor_while_nobody_looks() {
        var done = Requests.oneFiftyOne(system.freshAccount(), 2).build();
        system.launch(done);
        var page = page();
        page.navigate(address(done));
        page.waitForTimeout(1500);
        assertThat(streams).isEmpty();
        assertThat(requests).allMatch(url -> !url.contains("/now") && !url.contains("/story"));

        var request = slow();
        var live = watched(request);
        madeSome(live);
        looks(live, false);
        var opened = streams.size();
        live.waitForTimeout(1500);
        assertThat(streams).hasSize(opened);
        looks(live, true);
        live.waitForCondition(() -> streams.size() > opened);
        toItsEnd(live, request);
    }

    @Test
    void keeps_what_somebody_types_while_it_goes_on() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_CAMPAIGN, new FaultEffect.Slow(Duration.ofSeconds(2)),
                1, 1);
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET,
                new FaultEffect.Refused(400, 17, 2446079, "User request limit reached"), 2, 1);
        system.publish(request);
        await("it is being made").atMost(RunningSystem.PATIENCE).until(() -> !system.published()
                .eventsOf(RunningSystem.jobId(request), CreationRequested.class).isEmpty());
        var page = watched(request);
        page.getByText("Stop this launch").click();
        page.locator("#decide input[name=reason]").fill("half a sent");

        assertThat(page.locator("#now")).containsText("Facebook said: User request limit reached", patiently());

        assertThat(page.locator("#decide input[name=reason]")).hasValue("half a sent");
        assertThat(page.locator("#decide input[name=reason]")).isVisible();
        toItsEnd(page, request, 3);
    }

    @Test
    void is_for_everybody_while_it_goes_on() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 5).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET,
                new FaultEffect.Refused(400, 17, 2446079, "User request limit reached"), 3, 0);
        var jobId = system.publish(request);
        await("it waits").atMost(RunningSystem.PATIENCE)
                .until(() -> system.http().get("/v1/jobs/" + jobId + "/state").body().path("waitingUntil").isString());
        chromium.isForEverybody(address(request), "launch-live");
        system.http().post("/v1/jobs/" + jobId + "/cancel", Map.of("reason", "enough seen"));
        system.settled(jobId);
    }

    @Test
    void the_list_moves_too_as_long_as_something_on_it_goes_on() {
        var request = slow();
        var page = page();
        page.navigate(console("?userId=" + request.getUserId()));
        var made = page.locator("tbody [data-made=adSets]");

        assertThat(made).hasText(String.valueOf(AD_SETS), PATIENTLY);
        assertThat(page.locator("tbody .state")).containsText("completed", patiently());
        var before = requests.size();
        page.waitForTimeout(6000);
        assertThat(requests).hasSize(before);
        assertThat(page.evaluate("window.loaded")).isEqualTo(1);
    }

    /** Made in several goes, each of which takes more than a second. */
    private CreateCampaign slow() {
        var request = Requests.oneFiftyOne(system.freshAccount(), AD_SETS).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, new FaultEffect.Slow(Duration.ofMillis(1500)),
                1, 0);
        system.publish(request);
        return request;
    }

    private Page watched(CreateCampaign request) {
        await("it is known").atMost(RunningSystem.PATIENCE).ignoreExceptions()
                .until(() -> system.http().get("/v1/jobs/" + RunningSystem.jobId(request)).status() == 200);
        var page = page();
        page.navigate(address(request));
        return page;
    }

    /** Notes what it asks for, and with which last event; and whether it is loaded anew. */
    private Page page() {
        requests.clear();
        streams.clear();
        var page = chromium.visitor();
        page.addInitScript(
                "window.loaded = (Number(sessionStorage.loaded) || 0) + 1; sessionStorage.loaded = window.loaded;");
        page.onRequest(request -> {
            if (request.url().contains("/console") && !request.url().contains("/assets/")) {
                requests.add(request.url());
            }
            if (request.url().contains("/stream")) {
                streams.add(request.allHeaders().getOrDefault("last-event-id",
                        request.url().replaceAll(".*after=", "")));
            }
        });
        return page;
    }

    private void madeSome(Page page) {
        assertThat(page.locator("#now [data-made=adSets]")).hasText(Pattern.compile("[1-9]\\d*"),
                PATIENTLY);
    }

    private static void looks(Page page, boolean somebody) {
        page.evaluate("looks => { Object.defineProperty(document, 'hidden', { value: !looks, configurable: true });"
                + " document.dispatchEvent(new Event('visibilitychange')); }", somebody);
    }

    private void toItsEnd(Page page, CreateCampaign request) {
        toItsEnd(page, request, AD_SETS);
    }

    /** Every event of it is on the page, once and in order, and the page is the one that was loaded first. */
    private void toItsEnd(Page page, CreateCampaign request, int adSets) {
        assertThat(page.locator("#now .title .state")).containsText("completed", patiently());
        assertThat(page.locator("#now [data-made=adSets]")).hasText(String.valueOf(adSets));
        assertThat(page.locator(".steps li.done")).hasCount(5);
        var events = system.http().get("/v1/jobs/" + RunningSystem.jobId(request) + "/history").body().path("events")
                .size();
        assertThat(page.locator("#story li")).hasCount(events);
        assertThat(page.locator("#story li").evaluateAll("all => all.map(one => Number(one.dataset.version))"))
                .isEqualTo(IntStream.iterate(events - 1, i -> i >= 0, i -> i - 1).boxed().toList());
        assertThat(page.locator("#slots summary").first()).containsText("1 / 1 ads");
        assertThat(page.evaluate("window.loaded")).as("it was loaded once").isEqualTo(1);
    }

    private static LocatorAssertions.ContainsTextOptions patiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(RunningSystem.PATIENCE.toMillis());
    }

    private String address(CreateCampaign request) {
        return console("/jobs/" + RunningSystem.jobId(request));
    }

    private static String console(String rest) {
        return "http://localhost:" + relay.port() + "/console" + rest;
    }
}
