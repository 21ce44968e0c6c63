package io.campaignlauncher.chaos;

import io.campaignlauncher.chaos.Deals.Approval;
import io.campaignlauncher.chaos.Deals.Deposit;
import io.campaignlauncher.chaos.MarketPeople.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What people do on the marketplace. Each call blocks its thread; whatever is answered that should not be ends it with an exception. */
final class Dealing {

    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int ONE_REJECTED_OF = 10;
    private static final String LINK = "https://example.org/otters";
    private static final String WEALTH = "100000.00";
    private static final Duration AGAIN = Duration.ofMillis(300);

    private final Deals deals;

    Dealing(Deals deals) {
        this.deals = deals;
    }

    /** Money comes in for an advertiser, of which the admin is told more than once. */
    void deposit(Person admin, Person advertiser) throws InterruptedException {
        var deposit = new Deposit(advertiser.userId(), "pay-" + advertiser.userId(), WEALTH);
        var path = "/api/admin/wallets/" + deposit.userId() + "/deposits";
        var body = Map.of("amount", deposit.amount(), "externalId", deposit.externalId());
        admin.market().post(path, body);
        admin.market().post(path, body);
        deals.deposits.add(deposit);
    }

    /** @return the channel */
    String offer(Person publisher, String chat, String price) throws InterruptedException {
        return publisher.market().post("/api/channels", Map.of("chat", chat, "price", price)).path("id").asString();
    }

    /**
     * An active campaign with targets that wait for a moderator.
     *
     * @param pause  between two targets
     * @param postAt of every second one
     * @return its id
     */
    String advertise(Person advertiser, String name, List<String> channels, Duration pause, @Nullable Instant postAt)
            throws InterruptedException {
        var market = advertiser.market();
        var campaign = market.make("/api/campaigns", "campaign " + name, Map.of("name", name, "totalBudget", WEALTH))
                .path("id").asString();
        deals.campaigns.put(name, campaign);
        market.post("/api/campaigns/" + campaign + "/activate", Map.of());
        for (int i = 0; i < channels.size(); i++) {
            var text = name + ", post " + i;
            var targets = "/api/campaigns/" + campaign + "/targets";
            var content = new HashMap<>(Map.of("channelId", channels.get(i), "text", text, "link", LINK));
            if (postAt != null && i % 2 == 1) {
                content.put("postAt", postAt.toString());
            }
            var target = market.make(targets, "target " + text, content).path("id").asString();
            deals.targets.put(text, target);
            submit(market, targets + "/" + target);
            Thread.sleep(pause);
        }
        return campaign;
    }

    /** Whoever asks twice may hear the second time that it was judged meanwhile, and else nothing but that it is handed in. */
    private static void submit(Caller market, String target) throws InterruptedException {
        var refused = market.tried(target + "/submit", Map.of()).stream()
                .filter(answer -> !is(answer, OK, CONFLICT)).toList();
        var status = market.get(target).path("status").asString();
        if (status.equals("draft") || !refused.isEmpty() && status.equals("submitted")) {
            throw new IllegalStateException(
                    target + " is " + status + ", and handing it in is answered with " + refused);
        }
    }

    /** Cancels a campaign once money is held for it, again and again while one of its posts may be going out. */
    void cancel(Person advertiser, String name, String campaign) throws InterruptedException {
        var targets = "/api/campaigns/" + campaign + "/targets";
        while (advertiser.market().get(targets).path("targets").valueStream()
                .noneMatch(target -> target.path("status").asString().equals("approved"))) {
            Thread.sleep(AGAIN);
        }
        while (advertiser.market().tried("/api/campaigns/" + campaign + "/cancel", Map.of()).stream()
                .noneMatch(answer -> is(answer, OK, CONFLICT))) {
            Thread.sleep(AGAIN);
        }
        deals.cancelled.put(name, campaign);
    }

    /** Judges whatever waits, until it is over; of the same target every moderator thinks the same. */
    void moderate(Person moderator, BooleanSupplier over) throws InterruptedException {
        while (!over.getAsBoolean()) {
            for (var target : moderator.market().get("/api/admin/moderation/pending?limit=200").path("targets")) {
                judge(moderator, target.path("id").asString(), target.path("version").asInt());
            }
            Thread.sleep(AGAIN);
        }
    }

    private void judge(Person moderator, String target, int version) throws InterruptedException {
        var path = "/api/admin/moderation/targets/" + target;
        if (Math.floorMod(UUID.fromString(target).hashCode(), ONE_REJECTED_OF) == 0) {
            moderator.market().tried(path + "/reject", Map.of("version", version, "reason", "not tidy"))
                    .forEach(answer -> is(answer, OK, CONFLICT));
            return;
        }
        moderator.market().tried(path + "/approve", Map.of("version", version)).stream()
                .filter(answer -> is(answer, OK, CONFLICT))
                .forEach(answer -> deals.approved(target,
                        new Approval(answer.text("escrowId"), answer.text("postJobId"))));
    }

    /** Whether it is the one status. @throws IllegalStateException where it is neither */
    private static boolean is(Caller.Answer answer, int status, int other) {
        if (answer.status() != status && answer.status() != other) {
            throw new IllegalStateException("answered with " + answer);
        }
        return answer.status() == status;
    }
}
