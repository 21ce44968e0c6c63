package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.job.FieldNames;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.TargetKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests as they come over HTTP, in bytes. */
class LaunchBodyTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final AccessTokens CREDENTIALS = _ -> Optional.of("token");

    @Provide
    Arbitrary<String> names() {
        return FieldNames.any();
    }

    @Provide
    Arbitrary<String> parts() {
        return Arbitraries.of(FieldNames.PARTS);
    }

    @Property(tries = 2000)
    void takes_no_further_field_but_those_of_the_object(@ForAll("parts") String part, @ForAll("names") String name) {
        var body = body(FieldNames.request(part, name));
        if (FieldNames.good(part, name)) {
            assertThat(read(body).userId()).isEqualTo("u");
        } else if (FieldNames.decided(part, name)) {
            assertThat(mistakes(body)).singleElement()
                    .satisfies(mistake -> assertThat(mistake.field()).startsWith(part + ".graphFields."));
        }
    }

    @Test
    void takes_no_key_of_the_marketplace() {
        var key = TargetKeys.of(UUID.randomUUID());

        assertThat(mistakes(body(FieldNames.request("ad", "bid_amount")), key)).extracting(Violation::field)
                .containsExactly("Idempotency-Key");
        assertThat(mistakes(body(FieldNames.request("ad", "bid_amount")), '"' + key + '"')).extracting(Violation::field)
                .containsExactly("Idempotency-Key");
    }

    @Test
    void takes_no_list_that_is_too_large_with_everything_written_out() {
        var body = body(FieldNames.request("ad", "bid_amount")).put("strategy", "AS_LISTED");
        body.remove("adSetCount");
        ((ObjectNode) body.get("adSet")).putObject("targeting").put("a", "y".repeat(10_000));
        var adSets = body.putArray("adSets");
        for (int i = 1; i <= 200; i++) {
            adSets.addObject().put("dailyBudget", i).putArray("ads").addObject();
        }

        assertThat(mistakes(body)).extracting(Violation::described).singleElement().asString()
                .matches("request may have at most 921600 bytes with everything written out .*");
    }

    private static List<Violation> mistakes(ObjectNode body) {
        return mistakes(body, "k");
    }

    private static List<Violation> mistakes(ObjectNode body, String key) {
        var found = new ArrayList<Violation>();
        LaunchBody.request(body, Principal.LOCAL_OPERATOR, List.of(key), CREDENTIALS, new WebhookRules(true, false),
                found);
        return found;
    }

    private static LaunchRequest read(ObjectNode body) {
        return LaunchBody.request(body, Principal.LOCAL_OPERATOR, List.of("k"), CREDENTIALS,
                new WebhookRules(true, false));
    }

    private static ObjectNode body(CreateCampaign r) {
        var body = JSON.createObjectNode();
        body.put("userId", r.getUserId()).put("adAccountId", r.getAdAccountId())
                .put("credentialId", r.getCredentialId()).put("strategy", r.getStrategy().name())
                .put("adSetCount", r.getAdSetCount());
        body.putObject("campaign").put("name", r.getCampaign().getName())
                .put("objective", r.getCampaign().getObjective())
                .set("graphFields", further(r.getCampaign().getGraphFields()));
        var adSet = body.putObject("adSet").put("dailyBudget", r.getAdSet().getDailyBudget())
                .put("billingEvent", r.getAdSet().getBillingEvent())
                .put("optimizationGoal", r.getAdSet().getOptimizationGoal());
        adSet.set("targeting", JSON.readTree(r.getAdSet().getTargeting()));
        adSet.set("graphFields", further(r.getAdSet().getGraphFields()));
        var ad = body.putObject("ad");
        ad.set("creative", JSON.readTree(r.getAd().getCreative()));
        ad.set("graphFields", further(r.getAd().getGraphFields()));
        return body;
    }

    private static ObjectNode further(Map<String, String> graphFields) {
        var further = JSON.createObjectNode();
        graphFields.forEach((name, json) -> further.set(name, JSON.readTree(json)));
        return further;
    }
}
