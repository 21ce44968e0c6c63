package io.campaignlauncher.simulator.core;

import io.campaignlauncher.standin.Occasions;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When something goes wrong, and what. A fault counts the operations that match it; it fires from the {@code from}-th of
 * them on (1 is the first), at most {@code times} times (0: always), each time with this probability.
 *
 * @param account      with or without {@code act_}; null: any
 * @param nameContains the operation's {@code name} parameter must contain this; null: any
 */
public record Fault(FaultTarget on, @Nullable String account, @Nullable String nameContains, int from, int times,
        double probability, FaultEffect effect) {

    public Fault {
        new Occasions(from, times, probability);
        if (account != null && account.startsWith("act_")) {
            account = account.substring(4);
        }
    }

    /** Fires once, on the first operation that matches. */
    public static Fault once(FaultTarget on, FaultEffect effect) {
        return new Fault(on, null, null, 1, 1, 1, effect);
    }

    /** Fires on every operation that matches. */
    public static Fault always(FaultTarget on, FaultEffect effect) {
        return new Fault(on, null, null, 1, 0, 1, effect);
    }

    public Fault inAccount(String adAccountId) {
        return new Fault(on, adAccountId, nameContains, from, times, probability, effect);
    }

    public Fault named(String part) {
        return new Fault(on, account, part, from, times, probability, effect);
    }

    public Fault from(int nthMatchingCall) {
        return new Fault(on, account, nameContains, nthMatchingCall, times, probability, effect);
    }

    public Fault times(int firings) {
        return new Fault(on, account, nameContains, from, firings, probability, effect);
    }

    public Fault withProbability(double each) {
        return new Fault(on, account, nameContains, from, times, each, effect);
    }

    Occasions occasions() {
        return new Occasions(from, times, probability);
    }

    boolean matches(FaultTarget kind, @Nullable String accountDigits, Map<String, String> parameters) {
        if (!on.matches(kind) || account != null && !account.equals(accountDigits)) {
            return false;
        }
        return nameContains == null || parameters.getOrDefault("name", "").toLowerCase(Locale.ROOT)
                .contains(nameContains.toLowerCase(Locale.ROOT));
    }
}
