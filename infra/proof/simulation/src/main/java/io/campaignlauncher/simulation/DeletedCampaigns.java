package io.campaignlauncher.simulation;

import io.campaignlauncher.graph.GraphRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which campaigns were asked to be deleted, and when whoever asked had looked into them. */
final class DeletedCampaigns {

    private static final Pattern LOOKED_INTO = Pattern.compile("\"relative_url\":\"(\\d+)/adsets\\?");
    private static final Pattern DELETED = Pattern.compile("\"method\":\"DELETE\",\"relative_url\":\"(\\d+)\"");
    private static final Duration TRANSIT = Duration.ofSeconds(1);

    private final Duration effectWithin;
    private final Map<Look, Instant> looks = new HashMap<>();
    private final List<Deletion> deletions = new ArrayList<>();

    private record Look(String process, String campaignId) {}

    private record Deletion(String campaignId, Instant lookedAt, Instant sentAt) {}

    /** @param effectWithin how long after a request was sent it may take effect */
    DeletedCampaigns(Duration effectWithin) {
        this.effectWithin = effectWithin.plus(TRANSIT);
    }

    void note(String process, GraphRequest request, Instant now) {
        var batch = request.parameters().get("batch");
        if (batch == null) {
            return;
        }
        LOOKED_INTO.matcher(batch).results().forEach(found -> looks.put(new Look(process, found.group(1)), now));
        DELETED.matcher(batch).results().forEach(found -> {
            var lookedAt = looks.get(new Look(process, found.group(1)));
            if (lookedAt != null) {
                deletions.add(new Deletion(found.group(1), lookedAt, now));
            }
        });
    }

    /** Whether a request to delete the campaign may have taken effect now whose sender had looked before that time. */
    boolean lookedBefore(String campaignId, Instant time, Instant now) {
        return deletions.stream().anyMatch(deletion -> deletion.campaignId.equals(campaignId)
                && deletion.lookedAt.isBefore(time) && !deletion.sentAt.plus(effectWithin).isBefore(now));
    }
}
