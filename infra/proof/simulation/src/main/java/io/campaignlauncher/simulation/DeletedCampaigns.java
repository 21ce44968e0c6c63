package io.campaignlauncher.simulation;

import io.campaignlauncher.graph.GraphRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** For which campaigns a deletion was requested, and when its sender had read what was in them. */
final class DeletedCampaigns {

    private static final Pattern READ = Pattern.compile("\"relative_url\":\"(\\d+)/adsets\\?");
    private static final Pattern DELETED = Pattern.compile("\"method\":\"DELETE\",\"relative_url\":\"(\\d+)\"");
    private static final Duration TRANSIT = Duration.ofSeconds(1);

    private final Duration effectWithin;
    private final Map<CampaignRead, Instant> reads = new HashMap<>();
    private final List<Deletion> deletions = new ArrayList<>();

    private record CampaignRead(String process, String campaignId) {}

    private record Deletion(String campaignId, Instant readAt, Instant sentAt) {}

    /** @param effectWithin how long after a request was sent it may take effect */
    DeletedCampaigns(Duration effectWithin) {
        this.effectWithin = effectWithin.plus(TRANSIT);
    }

    void note(String process, GraphRequest request, Instant now) {
        var batch = request.parameters().get("batch");
        if (batch == null) {
            return;
        }
        READ.matcher(batch).results().forEach(found -> reads.put(new CampaignRead(process, found.group(1)), now));
        DELETED.matcher(batch).results().forEach(found -> {
            var readAt = reads.get(new CampaignRead(process, found.group(1)));
            if (readAt != null) {
                deletions.add(new Deletion(found.group(1), readAt, now));
            }
        });
    }

    /** Whether a request to delete the campaign may have taken effect now whose sender had read its contents before that time. */
    boolean readBefore(String campaignId, Instant time, Instant now) {
        return deletions.stream().anyMatch(deletion -> deletion.campaignId.equals(campaignId)
                && deletion.readAt.isBefore(time) && !deletion.sentAt.plus(effectWithin).isBefore(now));
    }
}
