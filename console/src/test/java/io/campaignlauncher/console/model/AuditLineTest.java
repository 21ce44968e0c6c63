package io.campaignlauncher.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AuditLineTest {

    private static final String JOB = "34498280-a3ca-3807-b2fa-69ed47c36fae";

    @Test
    void says_in_plain_words_what_somebody_did_and_why_and_with_which_key() {
        var line = line("kill-switch.turn", "creation", "ok: off, wrong prices");

        assertThat(line.what()).isEqualTo("Creating on Facebook: switched off");
        assertThat(line.more()).isEqualTo("wrong prices");
        assertThat(line.outcome()).isEqualTo(AuditLine.Outcome.OK);
        assertThat(line.actor()).isEqualTo("ann");
        assertThat(line.key()).isEqualTo("k-1");
        assertThat(line.roles()).isEqualTo("admin, super admin");
        assertThat(line("kill-switch.turn", "intake", "asked: on").more()).isEmpty();
        assertThat(line("rollback.decide", JOB, "refused: DECLINE, for boss").what())
                .isEqualTo("Decided to keep what a launch has made");
        assertThat(line("rollback.decide", JOB, "ok: CONFIRM, for boss").more()).isEqualTo("for boss");
    }

    @Test
    void leads_to_what_it_is_about() {
        assertThat(line("job.cancel", JOB, "ok").address()).isEqualTo("/console/jobs/" + JOB);
        assertThat(line("job.cancel", "../x", "ok").address()).isEmpty();
        assertThat(line("job.preview", "act_1", "ok").address()).isEqualTo("/console?adAccountId=act_1");
        assertThat(line("job.preview", "no ad account", "refused").address()).isEmpty();
        assertThat(line("credential.store", "summer", "ok").address()).isEqualTo("/console?credentialId=summer");
        assertThat(line("access", "GET /v1/jobs", "401").address()).isEmpty();
    }

    @Test
    void takes_what_it_does_not_know_as_it_is() {
        var line = line("planet.move", "mars", "perhaps: twice");

        assertThat(line.what()).isEqualTo("planet.move");
        assertThat(line.outcome()).isEqualTo(AuditLine.Outcome.UNKNOWN);
        assertThat(line.more()).isEqualTo("twice");
        assertThat(line("access", "GET /v1/audit", "403").outcome()).isEqualTo(AuditLine.Outcome.REFUSED);
    }

    @Test
    void of_people_says_what_was_refused_by_which_rule_and_what_is_known_of_the_rest() {
        var entry = JsonMapper.shared().createObjectNode().put("actor", "ann/key-1").put("action", "user.change")
                .put("subject", "bob").put("outcome", "LAST_SUPER_ADMIN");
        var refused = AuditLine.of(AuditSource.PEOPLE, entry);
        assertThat(refused.outcome()).isEqualTo(AuditLine.Outcome.REFUSED);
        assertThat(refused.more()).isEqualTo("last super admin");
        assertThat(refused.what() + " by " + refused.actor() + " with " + refused.key())
                .isEqualTo("Changed a user by ann with key-1");
        var done = AuditLine.of(AuditSource.PEOPLE, entry.put("outcome", "advertiser disabled"));
        assertThat(done.outcome()).isEqualTo(AuditLine.Outcome.OK);
        assertThat(done.more()).isEqualTo("advertiser disabled");
        assertThat(AuditLine.of(AuditSource.PEOPLE, entry.put("action", "log-in").put("subject", "-")
                .put("outcome", "refused")).about()).isEmpty();
    }

    @Test
    void of_the_marketplace_leads_to_the_placement_and_to_the_campaign() {
        var entry = JsonMapper.shared().createObjectNode().put("actor", "ann").put("role", "advertiser")
                .put("action", "target_submitted").put("subject", "target").put("subjectId", "t-1")
                .put("campaignId", "c-1");
        assertThat(AuditLine.of(AuditSource.MARKET, entry).address())
                .isEqualTo("/console/market/campaigns/c-1/targets/t-1");
        assertThat(AuditLine.of(AuditSource.MARKET, entry).what()).isEqualTo("Handed a placement in");
        assertThat(AuditLine.of(AuditSource.MARKET, entry.put("subject", "wallet")).address()).isEmpty();
    }

    private static AuditLine line(String action, String subject, String outcome) {
        return AuditLine.of(AuditSource.LAUNCHES,
                JsonMapper.shared().createObjectNode().put("at", "2026-01-01T00:00:00Z")
                        .put("actor", "ann/k-1").put("tenant", "acme").put("action", action).put("subject", subject)
                        .put("outcome", outcome).put("times", 1).put("traceId", "t")
                        .set("roles", JsonMapper.shared().readTree("[\"admin\",\"super_admin\"]")));
    }
}
