package io.campaignlauncher.telegram.simulator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Deque;

/** How many messages a chat and a bot may have sent lately. */
final class Pace {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int A_MINUTE_IN_A_CHAT = 20;
    private static final int A_SECOND_BY_A_BOT = 30;

    private final boolean limited;

    Pace(boolean limited) {
        this.limited = limited;
    }

    /** @throws Refusal where it would be one too many; then it does not count */
    void send(Call call, Chat chat) {
        if (!limited) {
            return;
        }
        var now = call.now();
        forget(chat.sends, now.minus(MINUTE));
        forget(call.bot().sends, now.minus(SECOND));
        require(chat.sends, 1, SECOND, now);
        require(chat.sends, A_MINUTE_IN_A_CHAT, MINUTE, now);
        require(call.bot().sends, A_SECOND_BY_A_BOT, SECOND, now);
        chat.sends.addLast(now);
        call.bot().sends.addLast(now);
    }

    private static void forget(Deque<Instant> sends, Instant until) {
        while (!sends.isEmpty() && !sends.getFirst().isAfter(until)) {
            sends.removeFirst();
        }
    }

    private static void require(Deque<Instant> sends, int most, Duration within, Instant now) {
        var recent = sends.stream().filter(at -> at.isAfter(now.minus(within))).toList();
        if (recent.size() >= most) {
            var free = Duration.between(now, recent.get(recent.size() - most).plus(within));
            throw Refusal.tooManyRequests((int) Math.max(1, free.plusMillis(999).toSeconds()));
        }
    }
}
