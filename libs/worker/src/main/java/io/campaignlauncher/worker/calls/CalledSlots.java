package io.campaignlauncher.worker.calls;

import io.campaignlauncher.schemas.SlotRef;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Which slots a request is about, one for each of its operations: only whoever sends it knows. */
public record CalledSlots(List<SlotRef> slots) {

    private static final CalledSlots NONE = new CalledSlots(List.of());

    public CalledSlots {
        slots = List.copyOf(slots);
    }

    /** The request, about these slots. */
    public <T> Mono<T> of(Mono<T> request) {
        return request.contextWrite(context -> context.put(CalledSlots.class, this));
    }

    static CalledSlots in(ContextView context) {
        return context.<CalledSlots>getOrEmpty(CalledSlots.class).orElse(NONE);
    }
}
