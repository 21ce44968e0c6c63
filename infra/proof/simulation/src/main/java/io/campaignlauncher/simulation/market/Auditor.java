package io.campaignlauncher.simulation.market;

import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.model.MarketPolicy;
import io.campaignlauncher.market.model.MarketSwitch;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.simulation.market.AuditedTarget.Stage;
import io.campaignlauncher.simulation.market.AuditedTarget.Try;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps books of its own, after the page of the marketplace and not after its code, and predicts the answer to each command:
 * {@link #DONE}, or the name of the refusal.
 */
final class Auditor {

    static final String DONE = "accepted";

    private static final int SURPLUS_MAX = 100;
    private static final long CENTS = 100;

    private final MarketPolicy policy;
    private final Books books = new Books();
    private final Map<UUID, AuditedCampaign> campaigns = new HashMap<>();
    private final Map<UUID, AuditedTarget> targets = new HashMap<>();
    private final Map<UUID, Channel> channels = new HashMap<>();
    private final Map<UUID, Correction> corrections = new HashMap<>();
    private final Map<String, Paid> deposits = new HashMap<>();
    private final Set<MarketSwitch> off = new HashSet<>();
    private Instant now = Instant.EPOCH;

    private static final class Channel {
        final String tenant;
        final String owner;
        final long chatId;
        long price;
        List<String> lacking = List.of();

        Channel(String tenant, String owner, long chatId) {
            this.tenant = tenant;
            this.owner = owner;
            this.chatId = chatId;
        }
    }

    private record Paid(String user, long amount) {}

    private static final class Correction {
        final String tenant;
        final String by;
        final MarketCommand.ProposeCorrection command;
        boolean approved;

        Correction(String tenant, String by, MarketCommand.ProposeCorrection command) {
            this.tenant = tenant;
            this.by = by;
            this.command = command;
        }
    }

    Auditor(MarketPolicy policy) {
        this.policy = policy;
    }

    Books books() {
        return books;
    }

    Map<UUID, AuditedTarget> targets() {
        return targets;
    }

    void turned(MarketSwitch name, boolean on) {
        if (on) {
            off.remove(name);
        } else {
            off.add(name);
        }
    }

    /** What the answer has to be; takes note of what follows from it. */
    String answer(Instant at, Actor actor, MarketCommand command) {
        now = at;
        return switch (command) {
            case MarketCommand.DraftCampaign c -> draft(actor, c);
            case MarketCommand.ActivateCampaign c -> turn(actor, c.campaignId(), AuditedCampaign.Stage.ACTIVE,
                    Set.of(AuditedCampaign.Stage.DRAFT));
            case MarketCommand.PauseCampaign c -> turn(actor, c.campaignId(), AuditedCampaign.Stage.PAUSED,
                    Set.of(AuditedCampaign.Stage.ACTIVE));
            case MarketCommand.ResumeCampaign c -> turn(actor, c.campaignId(), AuditedCampaign.Stage.ACTIVE,
                    Set.of(AuditedCampaign.Stage.PAUSED));
            case MarketCommand.CancelCampaign c -> turn(actor, c.campaignId(), AuditedCampaign.Stage.CANCELLED,
                    Set.of(AuditedCampaign.Stage.DRAFT, AuditedCampaign.Stage.ACTIVE, AuditedCampaign.Stage.PAUSED));
            case MarketCommand.CompleteCampaign c -> turn(actor, c.campaignId(), AuditedCampaign.Stage.COMPLETED,
                    Set.of(AuditedCampaign.Stage.ACTIVE, AuditedCampaign.Stage.PAUSED));
            case MarketCommand.DraftTarget c -> draft(actor, c);
            case MarketCommand.EditTarget c -> edit(actor, c);
            case MarketCommand.SubmitTarget c -> submit(actor, c);
            case MarketCommand.ApproveTarget c -> approve(actor, c);
            case MarketCommand.RejectTarget c -> reject(actor, c);
            case MarketCommand.ExpireReview c -> expireReview(actor, c);
            case MarketCommand.StartPosting c -> start(actor, c);
            case MarketCommand.Report c -> report(actor, c);
            case MarketCommand.DecideUnknownPost c -> decide(actor, c);
            case MarketCommand.ReleaseEscrow c -> release(actor, c);
            case MarketCommand.ExpirePosting c -> expirePosting(actor, c);
            case MarketCommand.Deposit c -> deposit(actor, c);
            case MarketCommand.ProposeCorrection c -> propose(actor, c);
            case MarketCommand.ApproveCorrection c -> approve(actor, c);
            case MarketCommand.OfferChannel c -> offer(actor, c);
            case MarketCommand.RefreshChannel c -> refresh(actor, c);
        };
    }

    // campaigns

    private String draft(Actor actor, MarketCommand.DraftCampaign c) {
        var refusal = AuditedRoles.CAMPAIGN_DRAFT.refusal(actor, actor.userId(), "");
        if (refusal != null) {
            return refusal;
        }
        if (c.name().isBlank() || isNoAmount(c.totalBudget())) {
            return "Invalid";
        }
        var known = campaigns.get(c.campaignId());
        if (known == null) {
            campaigns.put(c.campaignId(), new AuditedCampaign(c.campaignId(), actor.tenant(), actor.userId(), c.name(),
                    cents(c.totalBudget())));
            return DONE;
        }
        return known.tenant.equals(actor.tenant()) && known.owner.equals(actor.userId()) && known.name.equals(c.name())
                && known.budget == cents(c.totalBudget()) ? DONE : "DifferentRequest";
    }

    private String turn(Actor actor, UUID id, AuditedCampaign.Stage to, Set<AuditedCampaign.Stage> from) {
        var campaign = campaigns.get(id);
        var refusal = of(actor, AuditedRoles.CAMPAIGN_TURN, campaign);
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(campaign);
        if (!from.contains(campaign.stage)) {
            return campaign.stage == to ? DONE : "WrongState";
        }
        var live = targets.values().stream().filter(each -> each.campaign == campaign && each.isLive()).toList();
        if (to == AuditedCampaign.Stage.COMPLETED && !live.isEmpty()) {
            return "TargetsUnderWay";
        }
        if (to == AuditedCampaign.Stage.CANCELLED) {
            if (live.stream().anyMatch(AuditedTarget::isOpen)) {
                return "PostUnderWay";
            }
            live.forEach(each -> {
                if (each.stage == Stage.SUBMITTED) {
                    rejected(each);
                } else {
                    refund(each);
                }
            });
        }
        campaign.stage = to;
        return DONE;
    }

    private static @Nullable String of(Actor actor, AuditedRoles action, @Nullable AuditedCampaign campaign) {
        if (!action.openTo(actor.roles())) {
            return "RoleMissing";
        }
        if (campaign == null || !campaign.tenant.equals(actor.tenant())) {
            return "NoSuch";
        }
        return action.refusal(actor, campaign.owner, "OwnCampaign");
    }

    // targets

    private @Nullable String of(Actor actor, AuditedRoles action, @Nullable AuditedTarget target) {
        return of(actor, action, target == null ? null : target.campaign);
    }

    private @Nullable String priced(Actor actor, Place place) {
        if (place instanceof Place.TelegramPost post) {
            var channel = channels.get(post.channelId());
            if (channel == null || !channel.tenant.equals(actor.tenant())) {
                return "NoSuch";
            }
            return post.text().isBlank() ? "Invalid" : null;
        }
        return null;
    }

    private long price(Place place) {
        return place instanceof Place.TelegramPost post ? Objects.requireNonNull(channels.get(post.channelId())).price
                : policy.launchPrice().amount().multiply(BigDecimal.valueOf(CENTS)).longValueExact();
    }

    private @Nullable String publisher(Place place) {
        return place instanceof Place.TelegramPost post ? Objects.requireNonNull(channels.get(post.channelId())).owner
                : null;
    }

    private String draft(Actor actor, MarketCommand.DraftTarget c) {
        var campaign = campaigns.get(c.campaignId());
        var refusal = of(actor, AuditedRoles.TARGET_WRITE, campaign);
        if (refusal == null) {
            refusal = priced(actor, c.place());
        }
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(campaign);
        var known = targets.get(c.targetId());
        if (known != null) {
            return known.campaign == campaign && known.version == 1 && known.place.equals(c.place()) ? DONE
                    : "DifferentRequest";
        }
        if (campaign.hasEnded()) {
            return "WrongState";
        }
        targets.put(c.targetId(), new AuditedTarget(c.targetId(), campaign, c.place(), price(c.place()),
                publisher(c.place())));
        return DONE;
    }

    private String edit(Actor actor, MarketCommand.EditTarget c) {
        var campaign = campaigns.get(c.campaignId());
        var refusal = of(actor, AuditedRoles.TARGET_WRITE, campaign);
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(campaign);
        var target = targets.get(c.targetId());
        if (target == null || target.campaign != campaign) {
            return "NoSuch";
        }
        refusal = priced(actor, c.place());
        if (refusal != null) {
            return refusal;
        }
        if (target.place.equals(c.place())) {
            return DONE;
        }
        if (target.hasPostJob() || !target.isLive() && campaign.hasEnded()) {
            return "WrongState";
        }
        if (target.stage == Stage.SUBMITTED) {
            if (campaign.stage != AuditedCampaign.Stage.ACTIVE) {
                return "CampaignNotActive";
            }
            target.judgedBefore = kept(now.plus(policy.reviewTime()));
        }
        target.version++;
        target.place = c.place();
        target.price = price(c.place());
        target.publisher = publisher(c.place());
        return DONE;
    }

    private String submit(Actor actor, MarketCommand.SubmitTarget c) {
        var campaign = campaigns.get(c.campaignId());
        var refusal = of(actor, AuditedRoles.TARGET_WRITE, campaign);
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(campaign);
        var target = targets.get(c.targetId());
        if (target == null || target.campaign != campaign) {
            return "NoSuch";
        }
        if (target.stage == Stage.SUBMITTED) {
            return DONE;
        }
        if (target.hasPostJob()) {
            return "WrongState";
        }
        if (campaign.stage != AuditedCampaign.Stage.ACTIVE) {
            return "CampaignNotActive";
        }
        if (target.version == target.rejectedVersion) {
            target.version++;
        }
        target.stage = Stage.SUBMITTED;
        target.judgedBefore = kept(now.plus(policy.reviewTime()));
        return DONE;
    }

    private String approve(Actor actor, MarketCommand.ApproveTarget c) {
        var target = targets.get(c.targetId());
        var refusal = of(actor, AuditedRoles.TARGET_JUDGE, target);
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(target);
        if (target.hasPostJob()) {
            return c.version() == target.version ? DONE : "VersionChanged";
        }
        if (target.stage != Stage.SUBMITTED) {
            return "WrongState";
        }
        if (target.campaign.stage != AuditedCampaign.Stage.ACTIVE) {
            return "CampaignNotActive";
        }
        if (c.version() != target.version) {
            return "VersionChanged";
        }
        if (!now.isBefore(target.judgedBefore)) {
            return "TooLate";
        }
        if (off.contains(MarketSwitch.NEW_ESCROWS)) {
            return "SwitchOff";
        }
        if (!isReady(target)) {
            return "ChannelNotReady";
        }
        long committed = targets.values().stream()
                .filter(each -> each.campaign == target.campaign
                        && (each.stage == Stage.APPROVED || each.stage == Stage.POSTED))
                .mapToLong(each -> each.price).sum();
        if (committed + target.price > target.campaign.budget) {
            return "BudgetExceeded";
        }
        var payer = MarketIds.userWallet(target.campaign.tenant, target.campaign.owner);
        if (target.price > books.balance(payer)) {
            return "NotEnoughBalance";
        }
        hold(target, payer);
        return DONE;
    }

    private boolean isReady(AuditedTarget target) {
        return !(target.place instanceof Place.TelegramPost post)
                || Objects.requireNonNull(channels.get(post.channelId())).lacking.isEmpty();
    }

    private void hold(AuditedTarget target, UUID payer) {
        target.stage = Stage.APPROVED;
        target.commission = target.place instanceof Place.TelegramPost
                ? target.price * policy.commissionBasisPoints() / 10_000
                : target.price;
        var postAt = target.place.postAt();
        target.postedBefore = kept(
                (postAt == null || postAt.isBefore(now) ? now : postAt).plus(policy.postingTime()));
        books.openEscrow(target.id);
        books.move(payer, MarketIds.escrowWallet(target.id), target.price);
    }

    private String reject(Actor actor, MarketCommand.RejectTarget c) {
        var target = targets.get(c.targetId());
        var refusal = of(actor, AuditedRoles.TARGET_JUDGE, target);
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(target);
        if (c.reason().isBlank()) {
            return "Invalid";
        }
        return switch (target.stage) {
            case REJECTED -> c.version() == target.rejectedVersion ? DONE : "VersionChanged";
            case SUBMITTED -> {
                if (c.version() != target.version) {
                    yield "VersionChanged";
                }
                rejected(target);
                yield DONE;
            }
            case DRAFT, APPROVED, POSTED, REFUNDED -> "WrongState";
        };
    }

    private static void rejected(AuditedTarget target) {
        target.stage = Stage.REJECTED;
        target.rejectedVersion = target.version;
    }

    private String expireReview(Actor actor, MarketCommand.ExpireReview c) {
        var target = targets.get(c.targetId());
        var refusal = of(actor, AuditedRoles.WORK, target);
        if (refusal == null && Objects.requireNonNull(target).stage == Stage.SUBMITTED
                && !now.isBefore(target.judgedBefore)) {
            rejected(target);
        }
        return refusal == null ? DONE : refusal;
    }

    // posts

    private String start(Actor actor, MarketCommand.StartPosting c) {
        var target = targets.get(c.targetId());
        var refusal = of(actor, AuditedRoles.WORK, target);
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(target);
        if (!target.hasPostJob()) {
            return "WrongState";
        }
        if (target.tries.containsKey(c.attempt())) {
            return DONE;
        }
        if (target.stage != Stage.APPROVED) {
            return "WrongState";
        }
        if (target.isOpen()) {
            return "PostUnderWay";
        }
        if (c.attempt() != 1 + target.tries.keySet().stream().mapToInt(each -> each).max().orElse(0)) {
            return "Invalid";
        }
        if (target.tries.size() >= policy.startsMax()) {
            return "TooManyStarts";
        }
        if (target.campaign.stage != AuditedCampaign.Stage.ACTIVE) {
            return "CampaignNotActive";
        }
        var postAt = target.place.postAt();
        if (postAt != null && now.isBefore(postAt)) {
            return "TooEarly";
        }
        if (!now.isBefore(target.postedBefore)) {
            return "TooLate";
        }
        if (target.place instanceof Place.TelegramPost) {
            if (off.contains(MarketSwitch.TELEGRAM_POSTING)) {
                return "SwitchOff";
            }
            if (!isReady(target)) {
                return "ChannelNotReady";
            }
        }
        target.tries.put(c.attempt(), Try.RUNNING);
        return DONE;
    }

    private String report(Actor actor, MarketCommand.Report report) {
        if (!AuditedRoles.WORK.openTo(actor.roles())) {
            return "RoleMissing";
        }
        var target = targets.get(report.targetId());
        if (target == null || !target.hasPostJob()) {
            return DONE;
        }
        var refusal = of(actor, AuditedRoles.WORK, target);
        if (refusal != null) {
            return refusal;
        }
        switch (report) {
            case MarketCommand.ReportPosted r -> reportedPost(target, r);
            case MarketCommand.ReportUnknown r -> reportedUnknown(target, r.attempt());
            case MarketCommand.ReportAsked r -> {
                reportedUnknown(target, r.attempt());
                if (!target.looked) {
                    isMissing(target);
                }
            }
            case MarketCommand.ReportNotMade r -> target.close(r.attempt());
            case MarketCommand.ReportFailed r -> {
                target.close(r.attempt());
                if (target.stage == Stage.APPROVED && !target.isOpen()) {
                    refund(target);
                }
            }
            case MarketCommand.ReportRolledBack _ -> {
                if (target.stage == Stage.APPROVED) {
                    target.closeAll();
                    refund(target);
                } else {
                    isMissing(target);
                }
            }
            case MarketCommand.ReportLastLook r -> reportedLook(target, r.found());
        }
        return DONE;
    }

    private void reportedPost(AuditedTarget target, MarketCommand.ReportPosted r) {
        if (target.isAt(r.message())) {
            target.close(r.attempt());
        } else if (target.surplus.stream().anyMatch(each -> AuditedTarget.same(each, r.message()))) {
            return;
        } else if (isLie(target, r.message())) {
            reportedUnknown(target, r.attempt());
        } else if (target.stage != Stage.APPROVED) {
            if (target.surplus.size() < SURPLUS_MAX) {
                target.surplus.add(r.message());
            }
        } else {
            int attempt = Math.max(1, r.attempt());
            begun(target, attempt);
            posted(target, attempt, r.message());
        }
    }

    private boolean isLie(AuditedTarget target, Message message) {
        boolean taken = targets.values().stream().anyMatch(each -> each != target && each.isAt(message));
        boolean elsewhere = target.place instanceof Place.TelegramPost post
                ? Objects.requireNonNull(channels.get(post.channelId())).chatId != message.chatId()
                : !(target.place instanceof Place.FacebookLaunch launch
                        && launch.adAccountId().equals("act_" + message.chatId()));
        return message.messageId() <= 0 || taken || elsewhere;
    }

    private void begun(AuditedTarget target, int attempt) {
        if (attempt > 0 && !target.tries.containsKey(attempt) && target.tries.size() < policy.startsMax()) {
            target.tries.put(attempt, Try.RUNNING);
        }
    }

    private static void posted(AuditedTarget target, int attempt, Message message) {
        target.tries.computeIfPresent(attempt, (_, _) -> Try.POSTED);
        target.message = message;
        target.stage = Stage.POSTED;
    }

    private void reportedUnknown(AuditedTarget target, int attempt) {
        if (target.stage != Stage.APPROVED && !target.tries.containsKey(attempt)) {
            return;
        }
        begun(target, attempt);
        target.tries.computeIfPresent(attempt, (_, is) -> is == Try.RUNNING ? Try.UNKNOWN : is);
    }

    private void reportedLook(AuditedTarget target, boolean found) {
        if (target.stage != Stage.POSTED) {
            return;
        }
        if (!found) {
            isMissing(target);
            return;
        }
        target.closeAll();
        if (!target.missing) {
            target.looked = true;
        }
        if (target.looked && !target.paid && !off.contains(MarketSwitch.PAYOUTS)) {
            pay(target);
        }
    }

    private static void isMissing(AuditedTarget target) {
        if (target.stage == Stage.POSTED && !target.paid && !target.missing) {
            target.missing = true;
            target.looked = false;
        }
    }

    private String decide(Actor actor, MarketCommand.DecideUnknownPost c) {
        var target = targets.get(c.targetId());
        var refusal = of(actor, AuditedRoles.OFFICE, target);
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(target);
        if (c.reason().isBlank()) {
            return "Invalid";
        }
        var message = c.message();
        if (target.missing) {
            if (!c.posted()) {
                return "Invalid";
            }
            target.closeAll();
            target.missing = false;
            target.looked = true;
        } else if (target.stage == Stage.APPROVED && target.isUnknown()) {
            if (!c.posted()) {
                target.closeAll();
                refund(target);
            } else if (message == null || isLie(target, message)) {
                return "Invalid";
            } else {
                posted(target, target.tries.entrySet().stream()
                        .filter(each -> each.getValue() == Try.RUNNING || each.getValue() == Try.UNKNOWN)
                        .mapToInt(Map.Entry::getKey).max().orElse(1), message);
            }
        } else {
            return Objects.equals(target.decided, c.posted()) ? DONE : "NothingToDecide";
        }
        target.decided = c.posted();
        return DONE;
    }

    private String release(Actor actor, MarketCommand.ReleaseEscrow c) {
        var target = targets.get(c.targetId());
        var refusal = of(actor, AuditedRoles.WORK, target);
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(target);
        if (target.paid) {
            return DONE;
        }
        if (target.stage != Stage.POSTED) {
            return "WrongState";
        }
        if (target.isOpen()) {
            return "PostUnderWay";
        }
        if (!target.looked) {
            return "NotLookedAt";
        }
        if (off.contains(MarketSwitch.PAYOUTS)) {
            return "SwitchOff";
        }
        pay(target);
        return DONE;
    }

    private String expirePosting(Actor actor, MarketCommand.ExpirePosting c) {
        var target = targets.get(c.targetId());
        var refusal = of(actor, AuditedRoles.WORK, target);
        if (refusal == null && Objects.requireNonNull(target).stage == Stage.APPROVED && !target.isOpen()
                && !now.isBefore(target.postedBefore)) {
            refund(target);
        }
        return refusal == null ? DONE : refusal;
    }

    // money

    private void refund(AuditedTarget target) {
        target.stage = Stage.REFUNDED;
        books.move(MarketIds.escrowWallet(target.id),
                MarketIds.userWallet(target.campaign.tenant, target.campaign.owner), target.price);
    }

    private void pay(AuditedTarget target) {
        target.paid = true;
        var tenant = target.campaign.tenant;
        var escrow = MarketIds.escrowWallet(target.id);
        if (target.commission < target.price) {
            var payee = MarketIds.userWallet(tenant, Objects.requireNonNull(target.publisher));
            books.open(tenant, payee);
            books.move(escrow, payee, target.price - target.commission);
        }
        if (target.commission > 0) {
            books.open(tenant, MarketIds.fees(tenant));
            books.move(escrow, MarketIds.fees(tenant), target.commission);
        }
    }

    private String deposit(Actor actor, MarketCommand.Deposit c) {
        var refusal = AuditedRoles.OFFICE.refusal(actor, null, "");
        if (refusal != null) {
            return refusal;
        }
        if (c.userId().isBlank() || c.externalId().isBlank() || isNoAmount(c.amount())) {
            return "Invalid";
        }
        var paid = new Paid(c.userId(), cents(c.amount()));
        var before = deposits.putIfAbsent(actor.tenant() + "/" + c.externalId(), paid);
        if (before != null) {
            return before.equals(paid) ? DONE : "DifferentRequest";
        }
        var external = MarketIds.external(actor.tenant());
        var wallet = MarketIds.userWallet(actor.tenant(), c.userId());
        books.open(actor.tenant(), external);
        books.open(actor.tenant(), wallet);
        books.move(external, wallet, paid.amount());
        return DONE;
    }

    private String propose(Actor actor, MarketCommand.ProposeCorrection c) {
        var refusal = AuditedRoles.OFFICE.refusal(actor, null, "");
        if (refusal != null) {
            return refusal;
        }
        if (!books.isOf(actor.tenant(), c.fromWalletId()) || !books.isOf(actor.tenant(), c.toWalletId())) {
            return "NoSuch";
        }
        if (isNoAmount(c.amount()) || c.reason().isBlank() || c.fromWalletId().equals(c.toWalletId())) {
            return "Invalid";
        }
        var known = corrections.putIfAbsent(c.correctionId(), new Correction(actor.tenant(), actor.userId(), c));
        return known == null || known.tenant.equals(actor.tenant()) && known.by.equals(actor.userId())
                && known.command.fromWalletId().equals(c.fromWalletId())
                && known.command.toWalletId().equals(c.toWalletId())
                && cents(known.command.amount()) == cents(c.amount())
                && known.command.reason().equals(c.reason()) ? DONE : "DifferentRequest";
    }

    private String approve(Actor actor, MarketCommand.ApproveCorrection c) {
        if (!AuditedRoles.CORRECTION_APPROVE.openTo(actor.roles())) {
            return "RoleMissing";
        }
        var correction = corrections.get(c.correctionId());
        if (correction == null || !correction.tenant.equals(actor.tenant())) {
            return "NoSuch";
        }
        var refusal = AuditedRoles.CORRECTION_APPROVE.refusal(actor, correction.by, "OwnCorrection");
        if (refusal != null) {
            return refusal;
        }
        if (correction.approved) {
            return DONE;
        }
        var from = correction.command.fromWalletId();
        long amount = cents(correction.command.amount());
        if (!from.equals(MarketIds.external(correction.tenant)) && books.balance(from) < amount) {
            return "NotEnoughBalance";
        }
        correction.approved = true;
        books.move(from, correction.command.toWalletId(), amount);
        return DONE;
    }

    // channels

    private String offer(Actor actor, MarketCommand.OfferChannel c) {
        var refusal = AuditedRoles.CHANNEL_OFFER.refusal(actor, actor.userId(), "");
        if (refusal != null) {
            return refusal;
        }
        if (c.chat().isBlank() || isNoAmount(c.price()) || !c.lacking().isEmpty()) {
            return "Invalid";
        }
        var channel = channels.computeIfAbsent(MarketIds.channel(c.chatId()),
                _ -> new Channel(actor.tenant(), actor.userId(), c.chatId()));
        if (!channel.tenant.equals(actor.tenant()) || !channel.owner.equals(actor.userId())) {
            return "ChannelTaken";
        }
        channel.price = cents(c.price());
        channel.lacking = List.of();
        return DONE;
    }

    private String refresh(Actor actor, MarketCommand.RefreshChannel c) {
        if (!AuditedRoles.CHANNEL_REFRESH.openTo(actor.roles())) {
            return "RoleMissing";
        }
        var channel = channels.get(c.channelId());
        if (channel == null || !channel.tenant.equals(actor.tenant())) {
            return "NoSuch";
        }
        var refusal = AuditedRoles.CHANNEL_REFRESH.refusal(actor, channel.owner, "");
        if (refusal == null) {
            channel.lacking = c.lacking();
        }
        return refusal == null ? DONE : refusal;
    }

    /** Times are kept to the millisecond. */
    private static Instant kept(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Digits, at most two behind the point, and above zero. */
    private static boolean isNoAmount(String text) {
        return !text.matches("[0-9]{1,12}(\\.[0-9]{1,2})?") || new BigDecimal(text).signum() == 0;
    }

    private static long cents(String amount) {
        return new BigDecimal(amount).multiply(BigDecimal.valueOf(CENTS)).longValueExact();
    }
}
