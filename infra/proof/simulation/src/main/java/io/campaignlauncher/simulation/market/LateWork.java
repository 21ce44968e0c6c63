package io.campaignlauncher.simulation.market;

import io.campaignlauncher.market.model.CampaignStatus;
import io.campaignlauncher.market.model.EscrowStatus;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketSwitch;
import io.campaignlauncher.market.model.MemoryMarket;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.market.model.PostStatus;
import io.campaignlauncher.market.model.TargetState;
import io.campaignlauncher.market.model.TargetStatus;
import io.campaignlauncher.simulation.engine.Loop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What {@code store.Deadlines} selects, of tables in memory. */
final class LateWork {

    private final MarketStore store;
    private final Loop loop;

    LateWork(MarketStore store, Loop loop) {
        this.store = store;
        this.loop = loop;
    }

    private MemoryMarket market() {
        return store.market();
    }

    /** In the order in which they are decided. */
    List<MarketCommand> commands() {
        var starts = new ArrayList<MarketCommand>();
        var reviews = new ArrayList<MarketCommand>();
        var posts = new ArrayList<MarketCommand>();
        var releases = new ArrayList<MarketCommand>();
        for (var target : market().targets().values()) {
            if (mayStart(target)) {
                starts.add(new MarketCommand.StartPosting(target.id(), 1));
            }
            if (target.status() == TargetStatus.SUBMITTED && isOver(target.reviewDeadline())) {
                reviews.add(new MarketCommand.ExpireReview(target.id()));
            }
            var post = target.post();
            if (post != null && isPending(post.status()) && isOver(post.deadline()) && !post.outcomeOpen()) {
                posts.add(new MarketCommand.ExpirePosting(target.id()));
            }
            if (mayBePaid(target)) {
                releases.add(new MarketCommand.ReleaseEscrow(target.id()));
            }
        }
        starts.addAll(reviews);
        starts.addAll(posts);
        starts.addAll(releases);
        return starts;
    }

    private boolean isOver(@Nullable Instant deadline) {
        return deadline != null && deadline.isBefore(loop.now());
    }

    private static boolean isPending(PostStatus status) {
        return status == PostStatus.QUEUED || status == PostStatus.POSTING;
    }

    private boolean mayStart(TargetState target) {
        var post = target.post();
        if (post == null || post.status() != PostStatus.QUEUED || !post.attempts().isEmpty()
                || !(target.place() instanceof Place.TelegramPost place) || !post.deadline().isAfter(loop.now())
                || place.postAt() != null && place.postAt().isAfter(loop.now())) {
            return false;
        }
        var campaign = Objects.requireNonNull(market().campaigns().get(target.campaignId()));
        var channel = Objects.requireNonNull(market().channels().get(place.channelId()));
        return campaign.status() == CampaignStatus.ACTIVE && channel.ready()
                && store.isOn(MarketSwitch.TELEGRAM_POSTING);
    }

    private boolean mayBePaid(TargetState target) {
        var escrow = target.escrow();
        var post = target.post();
        return escrow != null && post != null && escrow.status() == EscrowStatus.HELD
                && target.status() == TargetStatus.POSTED && post.lookedAt() != null && !post.missing()
                && store.isOn(MarketSwitch.PAYOUTS);
    }

    /** Whether nobody has told yet that the post of this target is there, or never will be. */
    boolean isPostAwaited(UUID targetId) {
        var target = market().targets().get(targetId);
        return target != null && target.post() != null && isPending(target.post().status());
    }
}
