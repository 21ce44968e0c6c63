package io.campaignlauncher.simulation;

import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.PlannedSlot;
import io.campaignlauncher.simulator.core.Existing;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who else is at work on the account: strangers, whose work must stay, and a faulty client that creates what bears a job's
 * label or the names of its slots, which the job has to take for its own.
 */
final class ThirdParties {

    static final String AD_SET = "Somebody else's ad set";

    /** The label by which a twin is known to who checks; jobs know nothing of it. */
    static final String ASTRAY = "astray";

    private static final Duration WITHIN = Duration.ofMinutes(8);
    private static final Duration TWINS_WITHIN = Duration.ofSeconds(60);

    private static final int MANY = 12;

    private final World world;

    ThirdParties(World world) {
        this.world = world;
    }

    void begin() {
        for (var order : world.orders()) {
            if (world.faults().strikes(FaultKind.STRANGERS_WORK)) {
                world.loop().after(world.random().upTo(WITHIN), null, () -> work(order));
            }
            for (int i = 0; i < 3; i++) {
                if (world.faults().strikes(FaultKind.TWIN_MADE)) {
                    world.loop().after(world.random().upTo(TWINS_WITHIN), null, () -> twin(order));
                }
            }
            if (world.faults().strikes(FaultKind.MANY_TWINS_MADE)) {
                world.loop().after(world.random().upTo(TWINS_WITHIN), null, () -> {
                    for (int i = 0; i < MANY; i++) {
                        twin(order);
                    }
                });
            }
        }
    }

    private List<Existing> campaigns(Order order) {
        return world.facebook().view().campaigns(order.account()).stream()
                .filter(campaign -> campaign.labels().contains(order.label())).toList();
    }

    /** A campaign of the same name, or an ad set in the job's campaign. */
    private void work(Order order) {
        var campaigns = campaigns(order);
        boolean within = !campaigns.isEmpty() && world.random().chance(0.5);
        var id = within ? create(order, "adsets", adSet(AD_SET, campaigns.getFirst().id()))
                : create(order, "campaigns", campaign(order));
        if (!id.isEmpty()) {
            world.checker().thirdPartyWork(order, id);
        }
    }

    /** An entity that looks as if the job had made it. */
    private void twin(Order order) {
        var campaigns = campaigns(order);
        var state = world.store().state(order.jobId());
        if (campaigns.isEmpty() || state.accepted() == null || world.random().chance(0.3)) {
            var fields = new HashMap<>(campaign(order));
            fields.put("adlabels", labels(order.label(), ASTRAY));
            create(order, "campaigns", fields);
            return;
        }
        var planned = world.random().oneOf(state.plan().slots());
        var campaignId = campaigns.getFirst().id();
        if (planned.id().type() == EntityType.AD) {
            twinOfAd(order, planned, campaignId);
        } else if (planned.id().type() == EntityType.AD_SET) {
            var fields = new HashMap<>(adSet(planned.name(), campaignId));
            fields.put("adlabels", labels(ASTRAY));
            create(order, "adsets", fields);
        }
    }

    private void twinOfAd(Order order, PlannedSlot planned, String campaignId) {
        var adSets = world.facebook().view().adSets(campaignId);
        if (!adSets.isEmpty()) {
            create(order, "ads",
                    Map.of("name", planned.name(), "adset_id", world.random().oneOf(adSets).id(), "creative",
                            Order.CREATIVE, "status", "PAUSED", "adlabels", labels(ASTRAY)));
        }
    }

    private static String labels(String... names) {
        return Stream.of(names).map(name -> "{\"name\":\"" + name + "\"}").collect(Collectors.joining(",", "[", "]"));
    }

    private String create(Order order, String edge, Map<String, String> fields) {
        var id = world.facebook().createdByAnother(order.account() + "/" + edge, fields);
        world.trace().line("stranger", order.jobId(), () -> "creates " + fields.get("name") + ": " + id);
        return id;
    }

    private static Map<String, String> campaign(Order order) {
        return Map.of("name", order.request().getCampaign().getName(), "objective", "OUTCOME_SALES",
                "special_ad_categories", "[]", "status", "PAUSED", "is_adset_budget_sharing_enabled", "false");
    }

    private static Map<String, String> adSet(String name, String campaignId) {
        return Map.of("name", name, "campaign_id", campaignId, "billing_event", "IMPRESSIONS", "optimization_goal",
                "REACH", "targeting", "{\"geo_locations\":{\"countries\":[\"US\"]}}", "daily_budget", "2000",
                "status", "PAUSED");
    }
}
