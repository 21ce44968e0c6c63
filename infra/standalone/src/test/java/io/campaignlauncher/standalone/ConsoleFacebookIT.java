package io.campaignlauncher.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is known of a launch beside what Facebook shows, in a browser. */
@OnRunningSystem
@InBrowser
class ConsoleFacebookIT {

    private static final int PAGE_BYTES_MAX = 150 * 1024;

    private final RunningSystem system;
    private final Chromium chromium;

    ConsoleFacebookIT(RunningSystem system, Chromium chromium) {
        this.system = system;
        this.chromium = chromium;
    }

    @AfterEach
    void allIsWell() {
        system.simulator().faults().clear();
    }

    @Test
    void a_look_says_that_everything_agrees_and_shows_all_to_who_wants_it() {
        var request = completed(3);
        var page = chromium.visitor();
        page.navigate(console("/jobs/" + RunningSystem.jobId(request)));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("On Facebook")).click();
        assertThat(page.locator("#look")).containsText("Nobody has looked yet");

        lookNow(page);

        assertThat(page.locator("#look .age")).containsText("Everything agrees");
        assertThat(page.locator("#look .age")).containsText("just now");
        assertThat(page.locator(".compared")).hasCount(0);
        page.getByText("Show all 7").click();
        assertThat(page.locator(".compared tbody tr")).hasCount(7);
        assertThat(page.locator(".compared")).containsText("there");
        assertThat(Chromium.violations(page)).isEmpty();
    }

    @Test
    void what_others_did_on_facebook_is_shown_without_scripts_as_well() {
        var request = changedByOthers();
        var page = chromium.visitor(options -> options.setJavaScriptEnabled(false));
        page.navigate(facebook(request));

        lookNow(page);

        assertThat(page.locator("#look .age")).containsText("4 things differ");
        assertThat(page.locator(".compared tbody tr")).hasCount(4);
        for (var words : new String[]{ "It is not on Facebook any more", "Its name there is “Mine now”",
            "Somebody turned it on; it was made paused", "We do not know it: somebody else" }) {
            assertThat(page.locator(".compared")).containsText(words);
        }
    }

    @Test
    void a_look_that_comes_to_nothing_says_why() {
        var request = completed(1);
        var page = chromium.visitor();
        page.navigate(facebook(request));
        system.simulator().faults().add(Fault.always(FaultTarget.ANY, new FaultEffect.TokenRefused(463))
                .inAccount(request.getAdAccountId()));

        lookNow(page);

        assertThat(page.locator("#look .problem")).containsText("does not take the access token");
        chromium.isForEverybody(facebook(request), "facebook-failed");
    }

    @Test
    void who_waits_sees_the_end_of_a_look_without_doing_anything() {
        var request = completed(1);
        var page = chromium.visitor();
        page.navigate(facebook(request));
        system.sql().sql("insert into job_looks (job_id, state, asked_at, asked_by, lease, leased_until, ad_account_id)"
                + " values (?::uuid, 'LOOKING', now(), 'ann', gen_random_uuid(), now() + interval '1 minute', 'act_1')")
                .param(RunningSystem.jobId(request)).update();
        page.reload();
        assertThat(page.locator("#look")).containsText("Looking, for ann");
        chromium.isForEverybody(facebook(request), "facebook-looking");

        system.sql().sql("update job_looks set leased_until = now() where job_id = ?::uuid")
                .param(RunningSystem.jobId(request)).update();

        assertThat(page.locator("#look .problem")).containsText("in the midst of the look");
        lookNow(page);
        assertThat(page.locator("#look .age")).containsText("Everything agrees");
        assertThat(Chromium.violations(page)).isEmpty();
    }

    @Test
    void is_for_everybody_and_on_every_screen() {
        var request = changedByOthers();
        chromium.isForEverybody(facebook(request), "facebook-none");
        var page = chromium.visitor();
        page.navigate(facebook(request));
        lookNow(page);
        chromium.isForEverybody(facebook(request), "facebook-differs");
        chromium.isForEverybody(facebook(request) + "?all=1", "facebook-all");
    }

    @Test
    void a_thousand_ads_fit_into_a_light_page() {
        var request = Requests.listed(system.freshAccount(), 20, 50).build();
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
        var page = chromium.visitor();
        page.navigate(facebook(request));
        lookNow(page);
        assertThat(page.locator("#look .age")).containsText("Everything agrees");

        var answer = page.navigate(facebook(request) + "?all=1");

        assertThat(answer.body().length).isLessThan(PAGE_BYTES_MAX);
        assertThat(page.locator("#look")).containsText("1 to 100 of 1021");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Further")).click();
        assertThat(page.locator("#look")).containsText("101 to 200 of 1021");
    }

    private static void lookNow(Page page) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Look now")).click();
    }

    /** One ad deleted, one ad set renamed, the campaign turned on, one ad added. */
    private CreateCampaign changedByOthers() {
        var request = completed(3);
        var facebook = system.facebook();
        var campaign = facebook.campaign(request.getAdAccountId());
        facebook.delete(campaign.ads().get(1).id());
        facebook.change(campaign.adSets().get(2).id(), Map.of("name", "Mine now"));
        facebook.change(campaign.itself().id(), Map.of("status", "ACTIVE"));
        facebook.makeAd(request.getAdAccountId(), campaign.adSets().getFirst().id(), "somebody's");
        return request;
    }

    private CreateCampaign completed(int adSets) {
        var request = Requests.oneFiftyOne(system.freshAccount(), adSets).build();
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
        return request;
    }

    private String facebook(CreateCampaign request) {
        return console("/jobs/" + RunningSystem.jobId(request) + "/facebook");
    }

    private String console(String rest) {
        return "http://localhost:" + system.standalone().api().getPort() + "/console" + rest;
    }
}
