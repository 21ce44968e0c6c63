package io.campaignlauncher.telegram.simulator.core;

import io.campaignlauncher.standin.Occasions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When something goes wrong, and what. A fault counts the calls that match it and fires as its {@link Occasions} say.
 *
 * @param chat         the chat of the call, {@code @name} or a number; null: any
 * @param textContains what the text, the caption, the keyboard or the entities of the call must contain; null: anything
 */
public record Fault(Set<ApiMethod> on, @Nullable String chat, @Nullable String textContains, Occasions occasions,
        FaultEffect effect) {

    public Fault {
        on = Set.copyOf(on);
    }

    /** Fires once, on the first call that matches. */
    public static Fault once(Set<ApiMethod> on, FaultEffect effect) {
        return new Fault(on, null, null, Occasions.ONCE, effect);
    }

    public static Fault once(ApiMethod on, FaultEffect effect) {
        return once(EnumSet.of(on), effect);
    }

    /** Fires on every call that matches. */
    public static Fault always(Set<ApiMethod> on, FaultEffect effect) {
        return new Fault(on, null, null, Occasions.ALWAYS, effect);
    }

    public Fault inChat(String reference) {
        return new Fault(on, reference, textContains, occasions, effect);
    }

    public Fault containing(String part) {
        return new Fault(on, chat, part, occasions, effect);
    }

    public Fault from(int nthMatchingCall) {
        return with(new Occasions(nthMatchingCall, occasions.times(), occasions.probability()));
    }

    public Fault times(int firings) {
        return with(new Occasions(occasions.from(), firings, occasions.probability()));
    }

    public Fault withProbability(double each) {
        return with(new Occasions(occasions.from(), occasions.times(), each));
    }

    private Fault with(Occasions newOccasions) {
        return new Fault(on, chat, textContains, newOccasions, effect);
    }

    boolean matches(Call call, TelegramState state) {
        if (!on.contains(call.method())) {
            return false;
        }
        var parameters = call.parameters();
        if (chat != null) {
            var wanted = state.chat(chat);
            if (wanted == null || wanted != state.chat(parameters.text("chat_id"))) {
                return false;
            }
        }
        return textContains == null || parameters.values().values().stream().anyMatch(value -> value.contains(
                textContains));
    }
}
