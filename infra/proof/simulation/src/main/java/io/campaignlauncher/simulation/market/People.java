package io.campaignlauncher.simulation.market;

import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.CampaignState;
import io.campaignlauncher.market.model.CampaignStatus;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.model.MarketSwitch;
import io.campaignlauncher.market.model.MemoryMarket;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.market.model.Role;
import io.campaignlauncher.market.model.TargetState;
import io.campaignlauncher.market.model.TargetStatus;
import io.campaignlauncher.simulation.engine.Loop;
import io.campaignlauncher.simulation.engine.SeededRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Advertisers, publishers, moderators and admins: what they want, twice, wrongly, with old numbers, and of things that are not theirs. */
final class People {

    static final String TENANT = "local";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int CAMPAIGNS_MAX = 3;
    private static final int TARGETS_MAX = 7;
    private static final int TRIES = 3;
    private static final Actor MORA = who("mora", Role.MODERATOR);
    private static final Actor ADAM = who("adam", Role.ADMIN);
    private static final Actor SUSAN = who("susan", Role.SUPER_ADMIN, Role.ADMIN);
    private static final List<Actor> ADVERTISERS = List.of(who("anna", Role.ADVERTISER),
            who("bert", Role.ADVERTISER, Role.PUBLISHER), who("cora", Role.ADVERTISER, Role.MODERATOR));
    private static final List<Actor> PUBLISHERS = List.of(who("paul", Role.PUBLISHER), ADVERTISERS.get(1));
    private static final List<Actor> EVERYBODY = List.of(ADVERTISERS.get(0), ADVERTISERS.get(1), ADVERTISERS.get(2),
            PUBLISHERS.getFirst(), MORA, ADAM, SUSAN, who("adam", Role.ADVERTISER),
            new Actor("elsewhere", "anna", Set.of(Role.ADVERTISER, Role.ADMIN, Role.SUPER_ADMIN)));

    private final MarketRun run;
    private final Loop loop;
    private final SeededRandom random;
    private final List<Actor> advertisers;
    private final Instant until;
    private final UnknownPosts unknown;
    private int ids;

    People(MarketRun run) {
        this.run = run;
        this.loop = run.surroundings().loop();
        this.random = run.surroundings().random();
        this.advertisers = ADVERTISERS.subList(0, random.between(1, ADVERTISERS.size()));
        this.until = Loop.BEGIN.plus(random.upTo(Duration.ofMinutes(random.oneOf(1, 1, 2, 4)))).plusSeconds(40);
        this.unknown = new UnknownPosts(run, this, ADAM);
    }

    /** When nobody wants anything new any more. */
    Instant until() {
        return until;
    }

    int decided() {
        return unknown.decided();
    }

    void begin() {
        for (var advertiser : advertisers) {
            ask(ADAM, new MarketCommand.Deposit(advertiser.userId(), amount(20, 90), "first-" + advertiser.userId()));
            ask(advertiser, new MarketCommand.DraftCampaign(id(), "Spring", amount(15, 60)));
        }
        run.channels().chats().forEach(this::offer);
        advertisers.forEach(advertiser -> again(Duration.ofSeconds(10), () -> advertise(advertiser)));
        again(Duration.ofSeconds(8), this::judge);
        again(Duration.ofSeconds(25), this::keepChannels);
        again(Duration.ofSeconds(20), this::keepOrder);
        unknown.begin();
    }

    private void again(Duration within, Runnable act) {
        loop.after(random.upTo(within), null, () -> {
            if (loop.now().isBefore(until)) {
                act.run();
                again(within, act);
            }
        });
    }

    private MemoryMarket market() {
        return run.store().market();
    }

    private boolean strikes(MarketFault fault) {
        return run.surroundings().faults().strikes(fault);
    }

    /** Asks until there is an answer, sometimes twice at once, and sometimes it is somebody else who asks. */
    void ask(Actor actor, MarketCommand command) {
        var who = strikes(MarketFault.ASKED_BY_ANOTHER) ? random.oneOf(EVERYBODY) : actor;
        ask(who, command, TRIES);
        if (strikes(MarketFault.ASKED_TWICE)) {
            loop.after(random.upTo(random.oneOf(Duration.ZERO, PATIENCE)), null, () -> ask(who, command, 1));
        }
    }

    private void ask(Actor actor, MarketCommand command, int tries) {
        var life = run.processes().moderation();
        var answers = new ArrayList<Object>();
        life.after(0, () -> run.processes().moderation(life).decide(actor, command)
                .subscribe(answers::add, _ -> {}));
        loop.after(PATIENCE, null, () -> {
            if (answers.isEmpty() && tries > 1) {
                ask(actor, command, tries - 1);
            }
        });
    }

    private void advertise(Actor advertiser) {
        var own = market().campaigns().values().stream()
                .filter(each -> each.advertiserId().equals(advertiser.userId()) && each.tenant().equals(TENANT))
                .toList();
        if (own.isEmpty() || own.size() < CAMPAIGNS_MAX && random.chance(0.05)) {
            ask(advertiser, new MarketCommand.DraftCampaign(id(), strikes(MarketFault.BROKEN_FIELD) ? " " : "Summer",
                    amount(15, 60)));
            return;
        }
        var campaign = random.oneOf(own);
        if (campaign.status() == CampaignStatus.DRAFT || random.chance(0.15)) {
            turn(advertiser, campaign);
            return;
        }
        var targets = market().targets().values().stream()
                .filter(each -> each.campaignId().equals(campaign.id())).toList();
        if (targets.isEmpty() || market().targets().size() < TARGETS_MAX && random.chance(0.4)) {
            ask(advertiser, new MarketCommand.DraftTarget(campaign.id(), id(), place()));
            return;
        }
        var target = random.oneOf(targets);
        ask(advertiser, random.chance(0.2) ? new MarketCommand.EditTarget(campaign.id(), target.id(), place())
                : new MarketCommand.SubmitTarget(campaign.id(), target.id()));
    }

    private void turn(Actor advertiser, CampaignState campaign) {
        int kind = random.upTo(20);
        ask(advertiser, switch (campaign.status()) {
            case DRAFT -> kind == 0 ? new MarketCommand.CancelCampaign(campaign.id())
                    : new MarketCommand.ActivateCampaign(campaign.id());
            case ACTIVE -> kind < 3 ? new MarketCommand.CancelCampaign(campaign.id())
                    : kind < 5 ? new MarketCommand.CompleteCampaign(campaign.id())
                            : kind < 12 ? new MarketCommand.PauseCampaign(campaign.id())
                                    : new MarketCommand.ActivateCampaign(campaign.id());
            case PAUSED -> kind < 3 ? new MarketCommand.CancelCampaign(campaign.id())
                    : new MarketCommand.ResumeCampaign(campaign.id());
            case COMPLETED, CANCELLED -> kind < 10 ? new MarketCommand.ResumeCampaign(campaign.id())
                    : new MarketCommand.CancelCampaign(campaign.id());
        });
    }

    private Place place() {
        var postAt = random.chance(0.2) ? loop.now().plus(random.upTo(Duration.ofMinutes(3))) : null;
        if (random.chance(0.1)) {
            return new Place.FacebookLaunch("act_1001", "{\"n\":1}", postAt);
        }
        var text = strikes(MarketFault.BROKEN_FIELD) ? " " : "Buy a lamp, " + random.upTo(3) + " left";
        return new Place.TelegramPost(MarketIds.channel(random.oneOf(run.channels().chats())), text,
                random.oneOrNone("https://shop.example.com/lamp", null), photo(), postAt);
    }

    private @Nullable String photo() {
        return random.chance(0.1) ? random.oneOf(Channels.PHOTO, Channels.PHOTO, "https://shop.example.com/gone.png")
                : null;
    }

    private void judge() {
        var all = market().targets().values().stream()
                .filter(each -> each.status() == TargetStatus.SUBMITTED || random.chance(0.05)).toList();
        if (all.isEmpty()) {
            return;
        }
        var target = random.oneOf(all);
        int version = strikes(MarketFault.STALE_VERSION) ? random.between(1, target.version() + 1) : target.version();
        var judge = random.chance(0.8) ? MORA : random.oneOf(ADAM, ADVERTISERS.get(2));
        ask(judge, random.chance(0.12)
                ? new MarketCommand.RejectTarget(target.id(), version, strikes(MarketFault.BROKEN_FIELD) ? "" : "loud")
                : new MarketCommand.ApproveTarget(target.id(), version));
        if (random.chance(0.05)) {
            // Another one judges the same at the same time.
            ask(ADAM, new MarketCommand.RejectTarget(target.id(), version, "no"));
        }
    }

    private void keepChannels() {
        var chat = random.oneOf(run.channels().chats());
        if (strikes(MarketFault.OFFERED_ANEW) || !isOffered(chat) || isLacking(chat)) {
            run.channels().letIn(chat);
            offer(chat);
        }
    }

    private boolean isOffered(long chat) {
        return market().channels().containsKey(MarketIds.channel(chat));
    }

    private boolean isLacking(long chat) {
        var channel = market().channels().get(MarketIds.channel(chat));
        return channel != null && !channel.ready();
    }

    private void offer(long chat) {
        var publisher = strikes(MarketFault.ASKED_BY_ANOTHER) ? random.oneOf(EVERYBODY)
                : PUBLISHERS.get((int) (-chat % PUBLISHERS.size()));
        var life = run.processes().moderation();
        life.after(0, () -> run.processes().moderation(life).offer(publisher, chat, amount(3, 12))
                .subscribe(_ -> {}, _ -> {}));
    }

    /** Money comes in, is corrected, and switches are turned. */
    private void keepOrder() {
        var user = random.oneOf(advertisers).userId();
        if (random.chance(0.3)) {
            ask(ADAM, new MarketCommand.Deposit(user, strikes(MarketFault.BROKEN_FIELD) ? "1.234" : amount(1, 40),
                    "bank-" + random.upTo(5)));
        }
        if (strikes(MarketFault.CORRECTED)) {
            correct(user);
        }
        var name = random.oneOf(MarketSwitch.values());
        if (strikes(MarketFault.SWITCHED_OFF)) {
            run.store().turn(name, false);
        } else if (random.chance(0.3)) {
            run.store().turn(name, true);
        }
    }

    private void correct(String user) {
        var from = MarketIds.userWallet(TENANT, user);
        var other = random.oneOf(MarketIds.external(TENANT), MarketIds.fees(TENANT), from, MarketIds.userWallet(TENANT,
                "paul"));
        var correction = id();
        ask(ADAM,
                random.chance(0.5) ? new MarketCommand.ProposeCorrection(correction, from, other, amount(1, 20), "why")
                        : new MarketCommand.ProposeCorrection(correction, other, from, amount(1, 20), "why"));
        loop.after(random.upTo(Duration.ofSeconds(20)), null, () -> {
            var approver = random.chance(0.2) ? ADAM : SUSAN;
            ask(approver, new MarketCommand.ApproveCorrection(correction));
        });
    }

    private UUID id() {
        return new UUID(run.seed(), ++ids);
    }

    private String amount(int least, int most) {
        return strikes(MarketFault.BROKEN_FIELD) ? random.oneOf("0", "-3", "ten")
                : random.between(least, most) + "." + (10 + random.upTo(90));
    }

    private static Actor who(String name, Role... roles) {
        return new Actor(TENANT, name, Set.of(roles));
    }
}
