package io.campaignlauncher.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.Topic;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator does about dead letters in a browser, with the whole system behind it. */
@OnRunningSystem
@InBrowser
class ConsoleDeadLettersIT {

    private static final String COMMANDS = Topic.CAMPAIGN_COMMANDS.topicName();
    private final RunningSystem system;
    private final Chromium chromium;

    ConsoleDeadLettersIT(RunningSystem system, Chromium chromium) {
        this.system = system;
        this.chromium = chromium;
    }

    @AfterEach
    void what_was_expected_is_put_aside() {
        system.published().deadLetters().forEach(system.published()::takeAway);
    }

    @Test
    void a_launch_without_its_token_goes_on_when_it_is_redriven_after_the_token_was_stored() {
        var credential = "late-" + UUID.randomUUID();
        var request = Requests.oneFiftyOne(system.freshAccount(), 2).setCredentialId(credential).build();
        var jobId = system.publish(request);
        listed(jobId, 1);
        var page = chromium.visitor();
        page.navigate(console("/dead-letters"));

        page.locator("tbody a").filter(new Locator.FilterOptions().setHasText("credentialId"))
                .first().click();
        assertThat(page.locator(".note").first()).containsText("Store the access token");
        assertThat(page.locator("h1")).containsText("credentialId");
        system.storeToken(credential, RunningSystem.TOKEN);
        page.navigate(console("/dead-letters?jobId=" + jobId));
        page.getByLabel("Why they are redriven now").fill("the token was stored");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Redrive 1")).click();

        assertThat(page.locator("h1")).hasText("1 of 1 was redriven.");
        assertThat(page.locator("tbody .state")).containsText("redriven");
        assertThat(Chromium.violations(page)).isEmpty();
        assertThat(system.settled(jobId).path("status").asString()).isEqualTo("completed");
        page.navigate(console("/dead-letters?jobId=" + jobId));
        assertThat(page.locator(".empty")).containsText("No dead letter is like that");
    }

    @Test
    void one_letter_is_looked_at_and_redriven_without_scripts_and_comes_back_where_nothing_was_mended() {
        var jobId = poison();
        var page = chromium.visitor(options -> options.setJavaScriptEnabled(false));
        page.navigate(console("/dead-letters?jobId=" + jobId));
        page.locator("tbody a").first().click();
        assertThat(page.locator("h1")).containsText(COMMANDS);

        page.getByText("Masked view of its contents").click();
        assertThat(page.locator("main")).containsText("It cannot be read as what it says that it is.");
        page.getByLabel("Why it is redriven now").fill("to see what comes of it");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Redrive").setExact(true)).click();

        assertThat(page.locator("h1")).hasText("1 of 1 was redriven.");
        await().atMost(RunningSystem.PATIENCE).untilAsserted(() -> {
            page.navigate(console("/dead-letters?jobId=" + jobId));
            assertThat(page.locator("tbody").textContent()).contains("came back");
        });
    }

    @Test
    void a_reason_is_needed() {
        var page = chromium.visitor();
        page.navigate(console("/dead-letters?jobId=" + poison()));

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Redrive 1")).click();

        assertThat(page.locator("input[name=reason]:invalid")).hasCount(1);
    }

    @Test
    void is_for_everybody_and_on_every_screen_and_shows_no_text_of_a_value() {
        var secret = "EAAverySecretToken123EAAverySecretToken123";
        CreateCampaign request = Requests.oneFiftyOne(system.freshAccount(), 2)
                .setCredentialId("late-" + UUID.randomUUID()).setIdempotencyKey(secret + UUID.randomUUID()).build();
        var jobId = system.publish(request);
        listed(jobId, 1);
        poison();
        var page = chromium.visitor();
        page.navigate(console("/dead-letters?jobId=" + jobId));
        page.locator("tbody a").first().click();
        var letter = page.url();

        for (var address : new String[]{ console("/dead-letters"), letter, letter + "?view=masked" }) {
            page.navigate(address);
            assertThat(page.content()).doesNotContain("EAAvery");
            assertThat(Chromium.violations(page)).isEmpty();
        }
        assertThat(page.locator("pre")).containsText("***");
        chromium.isForEverybody(console("/dead-letters"), "dead-letters");
        chromium.isForEverybody(console("/dead-letters?topic=" + COMMANDS), "dead-letters-of-topic");
        chromium.isForEverybody(letter + "?view=masked", "dead-letter");
        chromium.isForEverybody(console("/dead-letters?jobId=" + UUID.randomUUID()), "dead-letters-none");
    }

    /** @return its key */
    private String poison() {
        var jobId = UUID.randomUUID().toString();
        system.publish(new ProducerRecord<>(COMMANDS, jobId, new byte[]{ 1, 2, 3 }));
        listed(jobId, 1);
        return jobId;
    }

    private void listed(String jobId, int count) {
        await().atMost(RunningSystem.PATIENCE).until(() -> system.http().get("/v1/dead-letters?jobId=" + jobId).body()
                .path("letters").size() == count);
    }

    /** By the name that people type. */
    private String console(String rest) {
        return "http://localhost:" + system.standalone().api().getPort() + "/console" + rest;
    }
}
