package io.campaignlauncher.simulation.market;

import io.campaignlauncher.market.model.EscrowStatus;
import io.campaignlauncher.market.model.MarketEvent;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.market.model.TargetEvent;
import io.campaignlauncher.market.model.TargetState;
import io.campaignlauncher.telegram.simulator.core.Post;
import java.util.List;
import java.util.Objects;

/** What is promised of the posts themselves, seen from the channels. */
final class PostChecks {

    private final MarketRun run;

    PostChecks(MarketRun run) {
        this.run = run;
    }

    /** Nothing was ever posted twice, unless somebody deleted the first post or reads denied it. */
    void noneTwice() {
        for (var target : run.store().market().targets().values()) {
            if (target.post() != null && target.place() instanceof Place.TelegramPost place) {
                long chat = chat(place);
                var ever = run.channels().everMarked(chat, MarketRun.marker(target));
                run.verdict().require(ever.size() <= 1 || run.channels().isDisturbed(chat, ever),
                        () -> "posted twice: " + ids(ever) + " of " + target);
            }
        }
    }

    /** Whoever is paid just now has posted once. */
    void paid(List<MarketEvent> events) {
        for (var event : events) {
            if (event instanceof TargetEvent.EscrowReleased released) {
                var target = Objects.requireNonNull(run.store().market().targets().get(released.targetId()));
                if (target.place() instanceof Place.TelegramPost place) {
                    settled(target, chat(place));
                }
            }
        }
    }

    /** One post for each payment, and none for what was given back. */
    void atTheEnd() {
        for (var target : run.store().market().targets().values()) {
            if (target.place() instanceof Place.TelegramPost place) {
                settled(target, chat(place));
            }
        }
    }

    private void settled(TargetState target, long chat) {
        var ever = run.channels().everMarked(chat, MarketRun.marker(target));
        var there = ever.stream().filter(post -> !post.deleted()).toList();
        boolean paid = target.escrow() != null && target.escrow().status() == EscrowStatus.RELEASED;
        if (!paid) {
            run.verdict().require(there.isEmpty(), () -> "posted and not paid: " + ids(there) + " of " + target);
            return;
        }
        var message = Objects.requireNonNull(Objects.requireNonNull(target.post()).message());
        run.verdict().require(there.size() == 1 && there.getFirst().id() == message.messageId()
                || run.channels().isDisturbed(chat, ever) && there.size() <= 1,
                () -> "paid, and there are " + ids(there) + " of " + target);
    }

    private long chat(Place.TelegramPost place) {
        return Objects.requireNonNull(run.store().market().channels().get(place.channelId())).chatId();
    }

    private static List<Integer> ids(List<Post> posts) {
        return posts.stream().map(Post::id).toList();
    }
}
