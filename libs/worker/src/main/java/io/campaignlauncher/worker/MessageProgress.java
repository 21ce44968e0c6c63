package io.campaignlauncher.worker;

import java.time.Duration;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * When one message that is being handled last got on. It travels in the context of its handling, so that whatever the handler
 * waits for can say that it came: reading a large campaign may take minutes, page by page, and is not stalled.
 */
final class MessageProgress {

    private volatile long latest = System.nanoTime();

    /** What is being handled in this context got on; nothing where no listener handles it. */
    static void noteIn(ContextView context) {
        if (context.hasKey(MessageProgress.class)) {
            context.<MessageProgress>get(MessageProgress.class).latest = System.nanoTime();
        }
    }

    Context in(Context context) {
        return context.put(MessageProgress.class, this);
    }

    Duration ago() {
        return Duration.ofNanos(Math.max(0, System.nanoTime() - latest));
    }
}
