package io.campaignlauncher.simulation.market;

import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.Attempt;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.market.model.TargetState;
import io.campaignlauncher.market.model.TargetStatus;
import io.campaignlauncher.telegram.simulator.core.Post;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person who goes through the posts that nobody knows of, looks into their channels, and says what is there. Who sees a post says so
 * at once; who sees none waits first until none can come any more.
 */
final class UnknownPosts {

    private static final Duration EVERY = Duration.ofSeconds(15);

    private final MarketRun run;
    private final People people;
    private final Actor admin;
    private final Map<UUID, Instant> firstSeen = new HashMap<>();
    private int decided;

    UnknownPosts(MarketRun run, People people, Actor admin) {
        this.run = run;
        this.people = people;
        this.admin = admin;
    }

    void begin() {
        run.surroundings().loop().after(EVERY, null, () -> {
            run.store().market().targets().values().stream().filter(UnknownPosts::waits).toList()
                    .forEach(this::lookAt);
            begin();
        });
    }

    int decided() {
        return decided;
    }

    private static boolean waits(TargetState target) {
        var post = target.post();
        return post != null && (post.suspicion() != null || target.status() == TargetStatus.POSTED && post.missing()
                || target.status() == TargetStatus.APPROVED && post.attempts().stream()
                        .anyMatch(each -> each.outcome() == Attempt.Outcome.UNKNOWN));
    }

    private void lookAt(TargetState target) {
        var loop = run.surroundings().loop();
        var since = firstSeen.computeIfAbsent(target.id(), _ -> loop.now());
        var patience = run.settings().posting().settleDelay().multipliedBy(4);
        boolean patient = loop.now().isAfter(since.plus(patience));
        if (target.status() == TargetStatus.REFUNDED) {
            if (patient) {
                tidy(target);
            }
            return;
        }
        var found = found(target, patient);
        boolean missing = target.status() == TargetStatus.POSTED;
        if (!patient && (missing || found == null || !run.surroundings().faults().strikes(MarketFault.DECIDED_EARLY))) {
            return;
        }
        var message = found == null || missing && run.surroundings().random().chance(0.5) ? null : found;
        decide(target, missing || found != null, message);
    }

    /** What was paid back is deleted by hand, as no machine may that cannot tell it from others. */
    private void tidy(TargetState target) {
        var place = (Place.TelegramPost) target.place();
        there(place, target).forEach(id -> run.channels().deletedByHand(chat(place), id));
        decide(target, false, null);
    }

    private void decide(TargetState target, boolean posted, @Nullable Message message) {
        decided++;
        firstSeen.remove(target.id());
        people.ask(admin, new MarketCommand.DecideUnknownPost(target.id(), posted, message, "seen in the channel"));
    }

    /** Where there are several, all but one are deleted by hand: no machine may where it cannot tell them apart. */
    private @Nullable Message found(TargetState target, boolean tidy) {
        if (!(target.place() instanceof Place.TelegramPost place)) {
            return null;
        }
        long chat = chat(place);
        var there = there(place, target);
        if (there.isEmpty()) {
            return null;
        }
        var known = target.post() == null ? null : target.post().message();
        int kept = known != null && there.contains((int) known.messageId()) ? (int) known.messageId()
                : there.getFirst();
        if (tidy) {
            there.stream().filter(id -> id != kept).forEach(id -> run.channels().deletedByHand(chat, id));
        }
        return new Message(chat, kept, "https://t.me/c/" + kept);
    }

    private List<Integer> there(Place.TelegramPost place, TargetState target) {
        return run.channels().everMarked(chat(place), MarketRun.marker(target)).stream()
                .filter(post -> !post.deleted()).map(Post::id).toList();
    }

    private long chat(Place.TelegramPost place) {
        return Objects.requireNonNull(run.store().market().channels().get(place.channelId())).chatId();
    }
}
