package io.campaignlauncher.console.model.market;

import java.util.stream.IntStream;

/**
 * What waits for a moderator, the oldest first.
 *
 * @param userId who looks
 * @param open   the target that is opened; empty: none waits
 */
public record Queue(Rows<Target> waiting, String userId, String open) {

    /** Unless one is asked for, the oldest that is not one's own is opened. */
    public Queue {
        open = !open.isEmpty() ? open
                : waiting.all().stream().filter(one -> !one.advertiserId().equals(userId)).map(Target::id).findFirst()
                        .orElse("");
    }

    public boolean isOpen(Target target) {
        return target.id().equals(open);
    }

    public boolean isOwn(Target target) {
        return target.advertiserId().equals(userId);
    }

    /** What comes after the opened one, and is not one's own; empty: nothing does. */
    public String next() {
        var all = waiting.all();
        int here = IntStream.range(0, all.size()).filter(i -> isOpen(all.get(i))).findFirst().orElse(-1);
        return all.stream().skip(here + 1L).filter(one -> !isOwn(one)).map(Target::id).findFirst().orElse("");
    }
}
