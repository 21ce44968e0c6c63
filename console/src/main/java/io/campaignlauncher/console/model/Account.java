package io.campaignlauncher.console.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An ad account.
 *
 * @param waiting     launches that wait for room; -1: not known here
 * @param pausedUntil it is left alone until then; empty: it is not
 * @param used        percent of a limit, as a bar; null: not known
 * @param usedAge     how old that is, in words
 * @param doneIn      until what is wanted now is sent, in words; empty: nothing waits
 * @param warnings    what somebody should see to
 */
public record Account(String id, int running, int changesLeft, int waiting, String pausedUntil, @Nullable Bar used,
        String usedAge, String doneIn, String pace, String latestAt, List<Credential> credentials,
        List<String> warnings, List<Launch> launches) {

    private static final int PERCENT = 100;
    private static final int HIGH_PERCENT = 75;
    private static final Duration SOON = Duration.ofDays(7);

    /** An access token that is stored, without it. @param expiresAt empty: never, or not known */
    public record Credential(String id, String owner, String storedAt, String age, String expiresAt, String check) {}

    /** A launch on it. */
    public record Launch(String jobId, String name, State state, String createdAt) {}

    public Account {
        credentials = List.copyOf(credentials);
        warnings = List.copyOf(warnings);
        launches = List.copyOf(launches);
    }

    public String waitingWords() {
        return waiting < 0 ? "not known here" : Integer.toString(waiting);
    }

    /** @param answer of {@code GET /v1/accounts} */
    public static List<Account> all(JsonNode answer, Instant now) {
        return answer.path("accounts").valueStream().map(account -> of(account, now)).toList();
    }

    /** @param account of {@code GET /v1/accounts/{adAccountId}} */
    public static Account of(JsonNode account, Instant now) {
        var pace = account.path("pace");
        var usage = account.path("usage");
        int percent = (int) Math.round(usage.path("percent").asDouble(0));
        var credentials = account.path("credentials").valueStream().map(one -> credential(one, now)).toList();
        var pausedUntil = Launches.text(pace, "pausedUntil");
        return new Account(Launches.text(account, "adAccountId"), account.path("running").asInt(0),
                Math.max(0, account.path("changesLeft").asInt(0)),
                pace.isObject() ? pace.path("waiting").asInt(0) : -1, pausedUntil,
                usage.isObject() ? new Bar("used", "Used of the limit", Math.min(PERCENT, percent), PERCENT) : null,
                Ago.words(Launches.text(usage, "at"), now), doneIn(account.path("expectedWaitSeconds").asLong(0)),
                pace(account, pace), Launches.text(account, "latestLaunchAt"), credentials,
                warnings(pausedUntil, percent, account.path("credentials"), now),
                account.path("launches").valueStream().map(Account::launch).toList());
    }

    private static String pace(JsonNode account, JsonNode pace) {
        var max = account.path("changesPerSecondMax");
        return (pace.isObject() ? pace.path("changesNow").asInt(0) + " at this moment" : "not known here")
                + (max.isNumber() ? ", " + max.asInt() + " a second at most" : ", without a bound");
    }

    private static Launch launch(JsonNode launch) {
        return new Launch(Launches.text(launch, "jobId"), Launches.text(launch, "campaignName"),
                State.of(Launches.text(launch, "status")), Launches.text(launch, "createdAt"));
    }

    private static Credential credential(JsonNode one, Instant now) {
        var storedAt = Launches.text(one, "storedAt");
        var owner = Launches.text(one, "owner");
        return new Credential(Launches.text(one, "credentialId"), owner.isEmpty() ? "everybody" : owner, storedAt,
                Ago.words(storedAt, now), Launches.text(one.path("check"), "tokenExpiresAt"),
                !one.path("readable").asBoolean(true) ? "no key opens it"
                        : Launches.text(one.path("check"), "result").equals("passed") ? "Facebook took it"
                                : "not checked");
    }

    private static List<String> warnings(String pausedUntil, int percent, JsonNode credentials, Instant now) {
        var warnings = new ArrayList<String>();
        if (!pausedUntil.isEmpty()) {
            warnings.add("Left alone, because a limit of Facebook was met.");
        }
        if (percent >= HIGH_PERCENT) {
            warnings.add("Most of the limit is used.");
        }
        if (credentials.isEmpty()) {
            warnings.add("No credential of yours may be used for it.");
        }
        credentials.forEach(one -> expiry(Launches.text(one, "credentialId"),
                Launches.text(one.path("check"), "tokenExpiresAt"), now, warnings));
        return warnings;
    }

    private static void expiry(String id, String expiresAt, Instant now, List<String> warnings) {
        try {
            if (!expiresAt.isEmpty()) {
                var left = Duration.between(now, Instant.parse(expiresAt));
                if (left.isNegative()) {
                    warnings.add("The token of " + id + " has expired.");
                } else if (left.compareTo(SOON) < 0) {
                    warnings.add(
                            "The token of " + id + " expires within " + Story.counted((int) left.toDays() + 1, "day")
                                    + ".");
                }
            }
        } catch (DateTimeException e) {
            warnings.add("When the token of " + id + " expires cannot be read.");
        }
    }

    private static String doneIn(long seconds) {
        return seconds <= 0 ? "" : seconds < 90 ? "about " + Story.counted((int) seconds, "second")
                : "about " + Story.counted((int) (seconds + 59) / 60, "minute");
    }
}
