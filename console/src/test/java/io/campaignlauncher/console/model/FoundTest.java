package io.campaignlauncher.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FoundTest {

    @Test
    void one_launch_is_led_to_whatever_it_is_found_by() {
        assertThat(found(match("user", "userId", "ann", false, "a")).leadsTo()).contains("/console/jobs/a");
        assertThat(found(match("idempotency_key", "idempotencyKey", "k", false, "a"),
                match("campaign_name", "name", "k", false, "a")).leadsTo()).contains("/console/jobs/a");
        assertThat(found(match("job_id", null, "a", false, "a")).leadsTo()).contains("/console/jobs/a");
    }

    @Test
    void several_for_one_reason_are_a_list() {
        assertThat(found(match("ad_account", "adAccountId", "act_1", false, "a", "b")).leadsTo())
                .contains("/console?adAccountId=act_1");
        assertThat(found(match("user", "userId", "a b", true, "a")).leadsTo()).contains("/console?userId=a+b");
    }

    @Test
    void what_may_mean_several_things_leads_nowhere_by_itself() {
        assertThat(found(match("number", null, "17", false, "a"), match("error_code", "errorCode", "17", false, "b"))
                .leadsTo()).isEmpty();
        assertThat(found().leadsTo()).isEmpty();
    }

    @Test
    void says_what_a_facebook_id_is_of() {
        var match = """
                {"kind":"facebook_id","filter":"facebookId","value":"5","more":false,"jobs":[],
                 "entity":{"entityType":"ad_set","slotNumber":3,"name":"Women"}}""";
        assertThat(found(match).matches().getFirst().reason())
                .isEqualTo("It made this on Facebook: the ad set “Women”");
    }

    private static Found found(String... matches) {
        return Found.of(JsonMapper.shared().readTree("{\"matches\":[" + String.join(",", matches) + "]}"), "x");
    }

    private static String match(String kind, @org.jspecify.annotations.Nullable String filter, String value,
            boolean more, String... jobs) {
        var match = JsonMapper.shared().createObjectNode().put("kind", kind).put("filter", filter).put("value", value)
                .put("more", more);
        var all = match.putArray("jobs");
        for (var job : jobs) {
            all.addObject().put("jobId", job).put("status", "completed");
        }
        return match.toString();
    }
}
