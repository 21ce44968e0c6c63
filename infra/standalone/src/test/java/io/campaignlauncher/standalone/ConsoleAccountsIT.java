package io.campaignlauncher.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** Ad accounts, in a browser. */
@OnRunningSystem
@InBrowser
class ConsoleAccountsIT {

    private final RunningSystem system;
    private final Chromium chromium;

    ConsoleAccountsIT(RunningSystem system, Chromium chromium) {
        this.system = system;
        this.chromium = chromium;
    }

    @Test
    void leads_from_the_list_to_an_account_and_from_there_to_a_launch_without_scripts() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 2).build();
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
        var page = chromium.visitor(options -> options.setJavaScriptEnabled(false));
        page.navigate(console("/accounts"));

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(request.getAdAccountId()).setExact(true))
                .click();

        assertThat(page.locator("h1")).hasText(request.getAdAccountId());
        assertThat(page.locator("main")).containsText("at this moment");
        assertThat(page.locator("main")).not().containsText("not known here");
        assertThat(page.locator("main")).containsText(RunningSystem.CREDENTIAL);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(request.getCampaign().getName())).click();
        assertThat(page.locator("#now .title .state")).containsText("completed");
    }

    @Test
    void says_until_when_an_account_is_left_alone_and_how_much_of_its_limit_is_used() {
        var account = system.freshAccount();
        var request = Requests.oneFiftyOne(account, 1).build();
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
        system.sqlOfAdministrator().sql("insert into creator.account_pace as p (account_id, resume_at)"
                + " values (?, now() + interval '10 minutes')"
                + " on conflict (account_id) do update set resume_at = excluded.resume_at").param(account).update();
        system.sql().sql("insert into job_looks (job_id, state, asked_at, asked_by, lease, leased_until, ad_account_id,"
                + " usage_percent, usage_at) values (?::uuid, 'LOOKED', now(), 'ann', gen_random_uuid(), now(), ?, 82,"
                + " now())").param(RunningSystem.jobId(request)).param(account).update();
        var page = chromium.visitor();

        page.navigate(console("/accounts/" + account));

        assertThat(page.locator("main")).containsText("Left alone, because a limit of Facebook was met.");
        assertThat(page.locator("main")).containsText("82 %");
        assertThat(Chromium.violations(page)).isEmpty();
        chromium.isForEverybody(console("/accounts"), "accounts");
        chromium.isForEverybody(console("/accounts/" + account), "account");
    }

    private String console(String rest) {
        return "http://localhost:" + system.standalone().api().getPort() + "/console" + rest;
    }
}
