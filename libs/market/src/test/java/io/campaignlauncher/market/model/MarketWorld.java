package io.campaignlauncher.market.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * A little marketplace in which many people, of all roles, ask for anything at any time: right and wrong, twice, too late, of other
 * people's things; and in which workers report what is, what is not, and what nobody knows. The seed decides everything.
 */
public final class MarketWorld {

    private static final String TENANT = "local";
    private static final List<Actor> PEOPLE = List.of(who("anna", Role.ADVERTISER, Role.PUBLISHER),
            who("bert", Role.ADVERTISER, Role.PUBLISHER), who("mora", Role.MODERATOR),
            who("anna", Role.ADVERTISER, Role.MODERATOR), who("adam", Role.ADMIN),
            who("susan", Role.SUPER_ADMIN, Role.ADMIN), who("bert", Role.ADVERTISER, Role.PUBLISHER, Role.ADMIN),
            new Actor("elsewhere", "anna", Set.of(Role.ADVERTISER, Role.ADMIN, Role.SUPER_ADMIN)));
    private static final Actor ADAM = PEOPLE.get(4);
    private static final Actor SUSAN = PEOPLE.get(5);
    private static final Actor SYSTEM = Actor.system(TENANT);
    private static final int CAMPAIGNS = 4;
    private static final int TARGETS = 9;
    private static final long CHAT = -100;

    private final Random random;
    private final MemoryMarket market;
    /** So that something can happen. */
    private final Deque<Step> beginning = new ArrayDeque<>(List.of(
            new Step(ADAM, new MarketCommand.Deposit("anna", "60.00", "first-1")),
            new Step(ADAM, new MarketCommand.Deposit("bert", "25.00", "first-2")),
            new Step(PEOPLE.get(0), new MarketCommand.OfferChannel("@a", "10.00", CHAT, "A", List.of())),
            new Step(PEOPLE.get(1), new MarketCommand.OfferChannel("@b", "4.50", CHAT - 1, "B", List.of())),
            new Step(PEOPLE.get(0), new MarketCommand.DraftCampaign(campaign(0), "Spring", "30.00")),
            new Step(PEOPLE.get(1), new MarketCommand.DraftCampaign(campaign(1), "Spring", "30.00")),
            new Step(PEOPLE.get(0), new MarketCommand.DraftCampaign(campaign(2), "Spring", "30.00"))));

    /** What somebody asked. */
    public record Step(Actor actor, MarketCommand command) {}

    public MarketWorld(long seed) {
        random = new Random(seed);
        market = new MemoryMarket(new MarketPolicy(random.nextBoolean() ? 1_000 : random.nextInt(10_001),
                Money.of("7.00"), Duration.ofHours(6), Duration.ofHours(9), 3), Instant.parse("2026-03-01T12:00:00Z"));
    }

    public MemoryMarket market() {
        return market;
    }

    /** What is asked next. Time passes, and switches are turned, in between. */
    public Step next() {
        market.later(Duration.ofSeconds(random.nextInt(240)));
        if (random.nextInt(15) == 0) {
            market.turn(pick(MarketSwitch.values()), random.nextInt(4) > 0);
        }
        if (!beginning.isEmpty()) {
            return beginning.removeFirst();
        }
        int kind = random.nextInt(100);
        if (kind < 12) {
            return money();
        }
        if (kind < 22) {
            int campaign = random.nextInt(CAMPAIGNS);
            return new Step(mostly(PEOPLE.get(campaign % 2)), campaign(campaign(campaign)));
        }
        int number = random.nextInt(TARGETS);
        int campaign = random.nextInt(12) == 0 ? random.nextInt(CAMPAIGNS) : number % CAMPAIGNS;
        var target = MarketScenario.id("target" + number);
        if (kind < 45) {
            return new Step(mostly(PEOPLE.get(campaign % 2)), target(campaign(campaign), target));
        }
        if (kind < 60) {
            return new Step(mostly(PEOPLE.get(2 + random.nextInt(5))), judgement(target));
        }
        return new Step(mostly(SYSTEM), work(target));
    }

    private static UUID campaign(int number) {
        return MarketScenario.id("campaign" + number);
    }

    /** Somebody whose business it is, and sometimes not. */
    private Actor mostly(Actor actor) {
        return random.nextInt(8) == 0 ? anybody() : actor;
    }

    private Step money() {
        var user = random.nextBoolean() ? "anna" : "bert";
        var correction = MarketScenario.id("correction" + random.nextInt(3));
        var from = MarketIds.userWallet(TENANT, user);
        long chat = CHAT - random.nextInt(2);
        List<String> lacking = random.nextInt(4) == 0 ? List.of("can_post_messages") : List.of();
        var publisher = mostly(PEOPLE.get(chat == CHAT ? 0 : 1));
        return switch (random.nextInt(8)) {
            case 0, 1 ->
                new Step(mostly(ADAM), new MarketCommand.Deposit(user, amount(40), "bank-" + random.nextInt(9)));
            case 2 -> new Step(mostly(ADAM), new MarketCommand.ProposeCorrection(correction, from,
                    MarketIds.external(TENANT), amount(9), "counted twice"));
            case 3 -> new Step(mostly(ADAM),
                    new MarketCommand.ProposeCorrection(correction, MarketIds.fees(TENANT), from, amount(3), "a gift"));
            case 4, 5 -> new Step(mostly(SUSAN), new MarketCommand.ApproveCorrection(correction));
            case 6 -> new Step(publisher, new MarketCommand.OfferChannel("@c", amount(12), chat, "C", lacking));
            default -> new Step(random.nextBoolean() ? SYSTEM : publisher,
                    new MarketCommand.RefreshChannel(MarketIds.channel(chat), "C", lacking));
        };
    }

    private MarketCommand campaign(UUID campaign) {
        int kind = random.nextInt(60);
        if (kind < 16) {
            return new MarketCommand.DraftCampaign(campaign, "Spring", "30.00");
        }
        if (kind < 36) {
            return new MarketCommand.ActivateCampaign(campaign);
        }
        if (kind < 58) {
            return kind < 40 ? new MarketCommand.PauseCampaign(campaign) : new MarketCommand.ResumeCampaign(campaign);
        }
        return kind == 58 ? new MarketCommand.CancelCampaign(campaign) : new MarketCommand.CompleteCampaign(campaign);
    }

    private MarketCommand target(UUID campaign, UUID target) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new MarketCommand.DraftTarget(campaign, target, place());
            case 3 -> new MarketCommand.EditTarget(campaign, target, place());
            default -> new MarketCommand.SubmitTarget(campaign, target);
        };
    }

    private Place place() {
        var postAt = random.nextInt(4) == 0 ? market.now().plus(Duration.ofHours(random.nextInt(4))) : null;
        return random.nextInt(5) == 0
                ? new Place.FacebookLaunch("act_1001", "{\"n\":" + random.nextInt(2) + "}", postAt)
                : new Place.TelegramPost(MarketIds.channel(CHAT - random.nextInt(2)), "Buy " + random.nextInt(2),
                        "https://example.com", null, postAt);
    }

    private MarketCommand judgement(UUID target) {
        var is = market.targets.get(target);
        int version = is == null || random.nextInt(6) == 0 ? 1 + random.nextInt(2) : is.version();
        return switch (random.nextInt(8)) {
            case 0 -> new MarketCommand.RejectTarget(target, version, "too loud");
            case 1 -> new MarketCommand.DecideUnknownPost(target, random.nextBoolean(),
                    random.nextInt(3) == 0 ? null : message(target), "seen by me");
            default -> new MarketCommand.ApproveTarget(target, version);
        };
    }

    private MarketCommand work(UUID target) {
        var is = market.targets.get(target);
        int last = is == null || is.post() == null ? 0 : is.post().attempts().size();
        int attempt = random.nextInt(6) == 0 ? random.nextInt(4) : Math.max(1, last);
        return switch (random.nextInt(23)) {
            case 0, 1, 2, 3, 4 -> new MarketCommand.StartPosting(target, random.nextInt(6) == 0 ? attempt : last + 1);
            case 5, 6, 7 -> new MarketCommand.ReportPosted(target, attempt, message(target));
            case 8 -> new MarketCommand.ReportUnknown(target, attempt, "time-out");
            case 9 -> random.nextBoolean() ? new MarketCommand.ReportUnknown(target, attempt, "time-out")
                    : new MarketCommand.ReportAsked(target, attempt, "it cannot be read");
            case 10 -> new MarketCommand.ReportNotMade(target, attempt, "not found");
            case 11 -> new MarketCommand.ReportFailed(target, attempt, "text refused");
            case 12 -> new MarketCommand.ReportRolledBack(target, "deleted");
            case 13, 14, 15, 16, 17, 18 ->
                new MarketCommand.ReportLastLook(target, market.now(), random.nextInt(8) > 0);
            case 19, 20 -> new MarketCommand.ReleaseEscrow(target);
            case 21 -> new MarketCommand.ExpirePosting(target);
            default -> new MarketCommand.ExpireReview(target);
        };
    }

    /** Mostly where the target goes. */
    private Message message(UUID target) {
        var is = market.targets.get(target);
        long chat = is != null && is.place() instanceof Place.FacebookLaunch ? 1001
                : is != null && is.place() instanceof Place.TelegramPost post
                        && post.channelId().equals(MarketIds.channel(CHAT)) ? CHAT : CHAT - 1;
        return new Message(random.nextInt(12) == 0 ? 5 : chat, random.nextInt(12), "https://example.com/post");
    }

    private Actor anybody() {
        return PEOPLE.get(random.nextInt(PEOPLE.size()));
    }

    private String amount(int most) {
        return (1 + random.nextInt(most)) + "." + (10 + random.nextInt(90));
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static Actor who(String name, Role... roles) {
        return new Actor(TENANT, name, Set.of(roles));
    }
}
