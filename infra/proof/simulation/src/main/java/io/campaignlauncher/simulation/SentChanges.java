package io.campaignlauncher.simulation;

import io.campaignlauncher.graph.GraphOperation.Method;
import io.campaignlauncher.graph.GraphRequest;
import io.campaignlauncher.pace.AccountPace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What all processes together have begun to send to each account in the last second that changes something there. */
final class SentChanges {

    /** Longer than a rollback waits for any permission of its own, and the window after it. */
    private static final Duration ALONE = Duration.ofSeconds(30).plus(AccountPace.WINDOW.multipliedBy(2));
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Pattern CHANGE = Pattern.compile("\"method\":\"(POST|DELETE)\"");

    private final Map<String, Deque<Sent>> lastSecond = new HashMap<>();
    /** By account until when a rollback may send without asking the others. */
    private final Map<String, Instant> aloneUntil = new HashMap<>();

    private record Sent(Instant at, int changes) {}

    /** A rollback could not ask the others: it goes on at its own pace, and nobody promises anything about both together. */
    void alone(String account, Instant now) {
        aloneUntil.put(account, now.plus(ALONE));
    }

    /** @return changes of the account in the second that ends now; 0 where nobody has promised anything */
    int note(GraphRequest request, Instant now) {
        var account = request.token().adAccountId();
        int changes = changes(request);
        if (account == null || changes == 0) {
            return 0;
        }
        var sent = lastSecond.computeIfAbsent(account, _ -> new ArrayDeque<>());
        sent.add(new Sent(now, changes));
        while (!sent.getFirst().at.isAfter(now.minus(SECOND))) {
            sent.removeFirst();
        }
        return now.isBefore(aloneUntil.getOrDefault(account, Instant.MIN)) ? 0
                : sent.stream().mapToInt(Sent::changes).sum();
    }

    static int changes(GraphRequest request) {
        var batch = request.parameters().get("batch");
        if (batch == null) {
            return request.method() == Method.GET ? 0 : 1;
        }
        return (int) CHANGE.matcher(batch).results().count();
    }
}
