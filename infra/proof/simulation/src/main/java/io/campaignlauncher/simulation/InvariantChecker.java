package io.campaignlauncher.simulation;

import io.campaignlauncher.graph.GraphRequest;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.Refusal;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.Phase;
import io.campaignlauncher.job.model.PlannedSlot;
import io.campaignlauncher.job.model.Slot;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.model.SlotStatus;
import io.campaignlauncher.simulation.engine.Violation;
import io.campaignlauncher.simulator.core.Existing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The promises, checked whenever something changed and at the end of a run. */
final class InvariantChecker {

    private final World world;
    /** By id. */
    private final Map<String, Work> thirdPartyWork = new HashMap<>();
    private final DeletedCampaigns deletedCampaigns;
    private final SentChanges sentChanges = new SentChanges();
    /** By job when it asked for its last verification or deletion. */
    private final Map<String, Instant> askedAt = new HashMap<>();
    private final Map<String, DisclosedEntities> disclosed = new HashMap<>();
    /** By process of which jobs it was told to create nothing more. */
    private final Map<String, Set<String>> stopped = new HashMap<>();
    private final Map<String, JobEvent> lastEvent = new HashMap<>();
    private @Nullable Violation broken;

    /** What somebody else made. @param near the order whose job it is near @param shownFrom reads have to show it */
    private record Work(Order near, Instant shownFrom) {}

    InvariantChecker(World world) {
        this.world = world;
        this.deletedCampaigns = new DeletedCampaigns(
                world.settings().requestTimeout().plus(world.settings().lateMost()));
    }

    /** A violation is noted where it is found, and thrown where no other code can catch it. */
    void rethrow() {
        if (broken != null) {
            throw broken;
        }
    }

    private void require(boolean kept, Order order, String promise) {
        if (!kept && broken == null) {
            broken = new Violation(order.shortName() + " (" + order.jobId() + "): " + promise);
            world.trace().line("checker", order.jobId(), () -> "VIOLATION: " + promise);
        }
    }

    private Order order(String jobId) {
        return world.order(jobId);
    }

    /** An event is about to be appended. */
    void before(String jobId, JobState state, JobEvent event) {
        require(!state.phase().settled(), order(jobId), event + " follows the end");
        require(state.cancellation() == null || !(event instanceof JobEvent.CreationRequested
                || event instanceof JobEvent.JobCompleted || event instanceof JobEvent.JobCancelled), order(jobId),
                event + " although it was cancelled");
        begins(jobId, state, event);
        flakySlotsHaveTheirTries(jobId, state, event);
        hasAReasonToGiveUp(jobId, event);
        if (event instanceof JobEvent.RateLimitReached limit) {
            // The account's own limits are shorter, but for that of a day's ads, which is longer.
            var wait = Duration.between(world.loop().now(), limit.until());
            require(wait.compareTo(FacebookFaults.LIMIT_OF_OTHERS.dividedBy(2)) < 0
                    || wait.compareTo(FacebookFaults.LIMIT_OF_OTHERS.multipliedBy(2)) > 0,
                    order(jobId), "waits for somebody else's limit: " + limit);
        }
        if (event instanceof JobEvent.EntitiesDeleted(_, _, var entities)) {
            entities.forEach(entity -> require(isGone(entity.facebookId()), order(jobId),
                    "called gone, and there is " + world.facebook().view().object(entity.facebookId())));
        }
        disclosed.computeIfAbsent(jobId, _ -> new DisclosedEntities()).take(state, event);
        if (event instanceof JobEvent.VerificationRequested || event instanceof JobEvent.DeletionRequested) {
            askedAt.put(jobId, world.loop().now());
        }
    }

    /** Deleted, or in something that is. */
    private boolean isGone(@Nullable String id) {
        return id != null && world.facebook().view().object(id)
                .map(one -> one.effectiveStatus().equals("DELETED") || isWithinGone(one)).orElse(true);
    }

    private boolean isWithinGone(Existing entity) {
        return Stream.of(entity.adSetId(), entity.campaignId())
                .anyMatch(parent -> parent != null && isGone(parent));
    }

    /** What often passes is tried again a few times, by slot, and only then it is a reason to give up. */
    private void flakySlotsHaveTheirTries(String jobId, JobState state, JobEvent event) {
        var most = state.slots().stream().mapToInt(Slot::flakyRefusals).max().orElse(0);
        if (event instanceof JobEvent.CreationRequested) {
            require(most <= JobPolicy.FLAKY_TRIES_MAX, order(jobId), "asked again after " + most + " refusals");
        }
        if (event instanceof JobEvent.RollbackStarted(var reason, _, _) && reason.contains("1487390")) {
            require(most > JobPolicy.FLAKY_TRIES_MAX || reason.contains("used up"), order(jobId),
                    "given up after " + most + " refusals");
        }
    }

    /** A page of one item is never too much here, and a list that lacks a Facebook page proves nothing. */
    private void hasAReasonToGiveUp(String jobId, JobEvent event) {
        var reason = switch (event) {
            case JobEvent.JobFailed(var reasons, _) -> String.join("; ", reasons);
            case JobEvent.RollbackStarted(var why, _, _) -> why;
            case JobEvent.RollbackProposed(var why) -> why;
            default -> "";
        };
        require(!reason.contains("reduce the amount of data"), order(jobId), "given up for a page too large: " + event);
        require(!reason.contains(Order.UNLISTED_PAGE), order(jobId), "given up for what a list leaves out: " + event);
        require(world.media().mayFailFor(order(jobId), reason), order(jobId),
                "given up for an image or a video that is fine: " + event);
    }

    /** A job was read from its events' bytes. */
    void replayed(String jobId, JobState replay, JobState live) {
        require(replay.equals(live), order(jobId),
                "a replay gives another state than the live one: " + replay + " instead of " + live);
    }

    private static boolean isTwin(Existing entity) {
        return entity.labels().contains(ThirdParties.ASTRAY);
    }

    /** Whether the entity, or what it is in, is a twin that the job's last reads could not show yet. */
    private boolean cameTooLate(Order order, Existing entity) {
        var asked = askedAt.getOrDefault(order.jobId(), Instant.MIN);
        var view = world.facebook().view();
        return Stream.of(entity.id(), entity.adSetId(), entity.campaignId())
                .filter(Objects::nonNull)
                .flatMap(id -> view.object(id).stream())
                .anyMatch(one -> isTwin(one) && one.createdTime().plus(world.settings().lagMost()).isAfter(asked));
    }

    void thirdPartyWork(Order near, String id) {
        thirdPartyWork.put(id, new Work(near, world.loop().now().plus(world.settings().lagMost())));
    }

    /** Somebody who cancels a job is answered. */
    void cancelAnswered(String jobId, Decision decision, JobState state) {
        var cancelled = state.cancellation() != null;
        switch (decision) {
            case Decision.Accepted _ -> require(cancelled, order(jobId), "was answered as cancelled, and is not");
            case Decision.Refused(var refusal) -> require(refusal instanceof Refusal.NoSuchJob
                    || refusal instanceof Refusal.JobEnded && state.phase().settled() && !cancelled, order(jobId),
                    "cannot be cancelled for " + refusal + " in " + state.phase());
        }
    }

    /** Somebody who moves a start is answered. @param noted the job has ever been told of that time */
    void moveAnswered(Order order, Decision decision, boolean noted, JobState state) {
        switch (decision) {
            case Decision.Accepted _ -> require(noted, order, "was answered as moved, and is not");
            case Decision.Refused(var refusal) -> require(switch (refusal) {
                case Refusal.NoSuchJob _ -> true;
                case Refusal.JobEnded _ -> state.phase().settled();
                case Refusal.LaunchBegun _ -> state.counts().rounds() > 0;
                default -> false;
            }, order, "cannot be moved for " + refusal + " in " + state.phase());
        }
    }

    /** It was checked at its time or later, and nothing of it was sent before. */
    private void begins(String jobId, JobState state, JobEvent event) {
        require(!(event instanceof JobEvent.CreationRequested) || world.media().mayBegin(order(jobId)), order(jobId),
                "asks for " + event + ", and not all that the launch names is ready");
        if (event instanceof JobEvent.CreationRequested e && e.round() == 1) {
            require(world.starts().mayBegin(order(jobId)), order(jobId), "begins before its time");
            require(lastEvent.get(jobId) instanceof JobEvent.PreVerificationCompleted, order(jobId),
                    "begins, and was not checked: " + state);
        }
        lastEvent.put(jobId, event);
    }

    /** The process has heard that nothing of the job is to be created any more. */
    void stopped(String process, String jobId) {
        stopped.computeIfAbsent(process, _ -> new HashSet<>()).add(jobId);
    }

    /** A process begins to send a request to Facebook. Each order has a token of its own. */
    void sends(String process, GraphRequest request) {
        var now = world.loop().now();
        for (var jobId : stopped.getOrDefault(process, Set.of())) {
            require(SentChanges.changes(request) == 0
                    || !request.token().value().endsWith(order(jobId).request().getCredentialId()), order(jobId),
                    process + " was told to stop, and sends " + request.path());
        }
        for (var order : world.orders()) {
            require(SentChanges.changes(request) == 0 || world.starts().mayBegin(order)
                    || !request.token().value().endsWith(order.request().getCredentialId()), order,
                    process + " sends " + request.path() + " before the launch begins");
            require(SentChanges.changes(request) == 0
                    || !request.token().value().endsWith(order.request().getCredentialId())
                    || world.media().mayBegin(order), order,
                    process + " sends " + request.path() + " and not all that the launch names is ready");
        }
        deletedCampaigns.note(process, request, now);
        var changes = sentChanges.note(request, now);
        var cap = world.settings().creation().mutationsPerSecond();
        require(changes <= cap, world.orders().getFirst(), changes + " changes were sent to "
                + request.token().adAccountId() + " in a second, of " + cap + " at most");
    }

    /** A rollback could not ask anybody whether it may delete in this account now. */
    void pacedAlone(String account) {
        sentChanges.alone(account, world.loop().now());
    }

    /**
     * What was begun after a pass had read, or too short before to be shown, goes with the campaign that it was begun in. The
     * pass need not be the last one that the job asked for: a request of an earlier one may still take effect.
     */
    private void thirdPartyWorkStays() {
        var now = world.loop().now();
        thirdPartyWork.entrySet().removeIf(entry -> {
            var object = world.facebook().view().object(entry.getKey());
            var exists = object.filter(one -> !one.effectiveStatus().equals("DELETED")).isPresent();
            var work = entry.getValue();
            require(exists || object.map(Existing::campaignId)
                    .filter(id -> deletedCampaigns.readBefore(id, work.shownFrom, now)).isPresent(), work.near,
                    "what a stranger made was deleted: " + entry.getKey());
            return !exists;
        });
    }

    /** What exists of a job on Facebook. */
    private record Holdings(List<Existing> campaigns, List<Existing> adSets, List<Existing> ads) {

        List<Existing> all() {
            var all = new ArrayList<>(campaigns);
            all.addAll(adSets);
            all.addAll(ads);
            return all;
        }

        Holdings without(Predicate<Existing> some) {
            var rest = Predicate.not(some);
            return new Holdings(campaigns.stream().filter(rest).toList(), adSets.stream().filter(rest).toList(),
                    ads.stream().filter(rest).toList());
        }
    }

    private Holdings holdings(Order order) {
        var view = world.facebook().view();
        var campaigns = view.campaigns(order.account()).stream()
                .filter(campaign -> campaign.labels().contains(order.label())).toList();
        var adSets = new ArrayList<Existing>();
        var ads = new ArrayList<Existing>();
        campaigns.forEach(campaign -> {
            adSets.addAll(view.adSets(campaign.id()));
            ads.addAll(view.ads(campaign.id()));
        });
        adSets.removeIf(adSet -> adSet.name().equals(ThirdParties.AD_SET));
        return new Holdings(campaigns, adSets, ads);
    }

    /**
     * Something may have been created or deleted. What is no twin the job made itself, and never too much of it. Where there is
     * a twin of its campaign, the job may take either for its own and work in it while the other holds what it had made there:
     * so ad sets and ads are counted by campaign, and only at the end there is one of each.
     */
    void somethingWritten() {
        thirdPartyWorkStays();
        for (var order : world.orders()) {
            var all = holdings(order);
            var own = all.without(InvariantChecker::isTwin);
            require(own.campaigns.size() <= 1, order, "more campaigns than asked for: " + own.campaigns);
            for (var campaign : all.campaigns) {
                var within = own.without(entity -> !campaign.id().equals(entity.campaignId()));
                require(within.adSets.size() <= order.adSets() && distinctNames(within.adSets), order,
                        "more ad sets than asked for: " + within.adSets);
                require(within.ads.size() <= order.ads() && distinctNames(within.ads), order,
                        "more ads than asked for: " + within.ads);
            }
        }
    }

    private static boolean distinctNames(List<Existing> entities) {
        return entities.stream().map(Existing::name).distinct().count() == entities.size();
    }

    void atTheEnd() {
        somethingWritten();
        for (var order : world.orders()) {
            var state = world.store().state(order.jobId());
            var stream = Objects.requireNonNull(world.store().streams().get(order.jobId()));
            replayed(order.jobId(), EventStore.replay(stream), state);
            var held = holdings(order).without(
                    entity -> !fillsASlot(state, entity) && cameTooLate(order, entity));
            whatIsCalledGoneIsGone(order, state);
            switch (state.phase()) {
                case COMPLETED -> completed(order, state, held);
                case ROLLED_BACK -> require(held.all().isEmpty(), order, "rolled back, but left: " + held);
                case FAILED -> {
                    failed(order, state, held);
                    require(state.cancellation() == null || state.rollback() != null, order,
                            "cancelled, and failed without a rollback");
                }
                default -> require(false, order, "not settled: " + state);
            }
        }
        rethrow();
    }

    private void whatIsCalledGoneIsGone(Order order, JobState state) {
        for (var slot : state.slots()) {
            var entity = slot.status() != SlotStatus.ROLLED_BACK || slot.facebookId() == null
                    ? Optional.<Existing>empty()
                    : world.facebook().view().object(slot.facebookId());
            require(entity.isEmpty() || entity.get().effectiveStatus().equals("DELETED"), order,
                    "a slot is called rolled back, but there is " + entity);
        }
    }

    private static boolean fillsASlot(JobState state, Existing entity) {
        return state.slots().stream().anyMatch(slot -> slot.filled() && entity.id().equals(slot.facebookId()));
    }

    private void completed(Order order, JobState state, Holdings held) {
        require(held.campaigns.size() == 1 && held.adSets.size() == order.adSets() && held.ads.size() == order.ads(),
                order, "completed, but there are " + held);
        var byId = new HashMap<String, Existing>();
        held.all().forEach(entity -> byId.put(entity.id(), entity));
        var plan = state.plan();
        for (var planned : plan.slots()) {
            var slot = Objects.requireNonNull(state.slot(planned.id()));
            var entity = slot.facebookId() == null ? null : byId.remove(slot.facebookId());
            require(entity != null && entity.name().equals(planned.name()), order,
                    "completed, but slot " + planned.id() + " holds " + slot + ", which is " + entity);
            if (entity != null && planned.id().type() == EntityType.AD_SET) {
                require(isTwin(entity) || order.dailyBudget(planned.id().number()).equals(entity.dailyBudget()), order,
                        "an ad set has another one's budget: " + entity);
            }
            if (entity != null && planned.id().type() == EntityType.AD) {
                var parent = Objects.requireNonNull(state.slot(new SlotId(EntityType.AD_SET, planned.adSetNumber())));
                require(Objects.equals(entity.adSetId(), parent.facebookId()), order, "an ad is in another ad set");
                require(isTwin(entity) || world.media().isShown(order, planned.id().number(), entity.id()), order,
                        "an ad does not show what was named for it: " + entity);
            }
        }
        require(byId.isEmpty(), order, "completed, but no slot holds " + byId.values());
    }

    /**
     * Nothing exists that the history does not disclose: as created, as left over, or as possibly made. A slot stays in doubt
     * until it is filled. Where a twin fills it, the doubt goes although what the job itself may have made is still to be
     * seen: the next verification shows both. A job that fails before it could verify again has disclosed the request in doubt,
     * and that it could not read; it cannot disclose more.
     */
    private void failed(Order order, JobState state, Holdings held) {
        var disclosed = this.disclosed.getOrDefault(order.jobId(), new DisclosedEntities());
        var planned = new HashMap<String, PlannedSlot>();
        state.plan().slots().forEach(slot -> planned.put(slot.name(), slot));
        for (var entity : held.without(InvariantChecker::isTwin).all()) {
            var slot = planned.get(entity.name());
            require(disclosed.contains(entity.id())
                    || slot != null && (slotIn(state, slot).outcomeUnknown() || disclosed.mistook(slot, this::isTwin)),
                    order, "failed, and its history does not tell of " + entity);
        }
    }

    private static Slot slotIn(JobState state, PlannedSlot planned) {
        return Objects.requireNonNull(state.slot(planned.id()));
    }

    private boolean isTwin(String id) {
        return world.facebook().view().object(id).filter(InvariantChecker::isTwin).isPresent();
    }

    /** By phase how many jobs ended so. */
}
