package io.campaignlauncher.standalone;

import static io.campaignlauncher.standalone.People.ok;

import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.TargetKeys;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Targets on Facebook, each of an advertiser and a campaign of its own. */
final class LaunchTargets {

    private final People people;
    private final HttpApi admin;
    private final HttpApi moderator;

    LaunchTargets(Standalone system) {
        people = new People(system);
        admin = people.admin();
        moderator = people.moderator(admin);
    }

    HttpApi admin() {
        return admin;
    }

    /** A target that was approved. */
    record Target(String id, String path, People.Person advertiser, String account) {

        String jobId() {
            return JobIds.of(advertiser.userId(), TargetKeys.of(UUID.fromString(id))).toString();
        }

        JsonNode read() {
            return ok(advertiser.http().get(path), 200);
        }

        String status() {
            return read().path("status").asString();
        }

        String escrow() {
            return read().path("escrow").path("status").asString();
        }

        /** Balance and what is held; it began with 100.00. */
        List<String> wallet() {
            var wallet = ok(advertiser.http().get("/api/wallet"), 200);
            return List.of(wallet.path("balance").asString(), wallet.path("held").asString());
        }
    }

    /** Of two ad sets. @param further fields of the launch, in place of those of a good one */
    Target approved(String account, Map<String, Object> further) {
        var ann = people.registered();
        ok(admin.post("/api/admin/wallets/" + ann.userId() + "/deposits",
                Map.of("amount", "100.00", "externalId", "pay-" + ann.userId())), 201);
        var campaign = "/api/campaigns/" + ok(ann.http().post("/api/campaigns",
                Map.of("name", "Otters", "totalBudget", "100.00")), 201).path("id").asString();
        ok(ann.http().post(campaign + "/activate", Map.of()), 200);
        var launch = Requests.body(Requests.forAll(account, 2).build());
        launch.remove("userId");
        launch.remove("adAccountId");
        launch.putAll(further);
        var id = ok(ann.http().post(campaign + "/targets", Map.of("adAccountId", account, "launch", launch)), 201)
                .path("id").asString();
        ok(ann.http().post(campaign + "/targets/" + id + "/submit", Map.of()), 200);
        ok(moderator.post("/api/admin/moderation/targets/" + id + "/approve", Map.of("version", 1)), 200);
        return new Target(id, campaign + "/targets/" + id, ann, account);
    }
}
