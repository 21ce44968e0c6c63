package io.campaignlauncher.job.notify;

import io.campaignlauncher.job.model.JobState.Cancellation;
import io.campaignlauncher.job.notify.model.FaultSummary;
import io.campaignlauncher.job.notify.model.Notification.Counts;
import io.campaignlauncher.job.notify.model.Notification;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A notification as JSON; the names are those of the HTTP API. */
final class NotificationBody {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private NotificationBody() {}

    static String of(Notification notification) {
        var request = notification.request();
        var body = new LinkedHashMap<String, Object>();
        body.put("id", notification.id().toString());
        body.put("kind", notification.kind().wireName());
        body.put("at", notification.at().toString());
        body.put("jobId", notification.jobId().toString());
        body.put("status", notification.status().name().toLowerCase(Locale.ROOT));
        body.put("idempotencyKey", request.idempotencyKey());
        body.put("userId", request.userId());
        body.put("adAccountId", request.adAccountId());
        body.put("campaignName", request.campaign().name());
        body.put("requested", counts(notification.requested()));
        body.put("created", counts(notification.created()));
        body.put("facebookCampaignId", notification.facebookCampaignId());
        body.put("reasons", notification.reasons());
        body.put("cancelled", cancelled(notification.cancelled()));
        body.put("retryCount", notification.retryCount());
        body.put("errors", notification.faults().stream().map(NotificationBody::error).toList());
        return MAPPER.writeValueAsString(body);
    }

    private static @Nullable Map<String, Object> cancelled(@Nullable Cancellation cancelled) {
        if (cancelled == null) {
            return null;
        }
        var object = new LinkedHashMap<String, Object>();
        object.put("by", cancelled.userId());
        object.put("reason", cancelled.reason());
        return object;
    }

    private static Map<String, Object> counts(Counts counts) {
        var object = new LinkedHashMap<String, Object>();
        object.put("adSets", counts.adSets());
        object.put("ads", counts.ads());
        return object;
    }

    private static Map<String, Object> error(FaultSummary summary) {
        var fault = summary.fault();
        var object = new LinkedHashMap<String, Object>();
        object.put("at", summary.lastAt().toString());
        object.put("times", summary.times());
        object.put("kind", fault.kind().name());
        object.put("code", fault.code());
        object.put("subcode", fault.subcode());
        object.put("message", fault.message());
        object.put("fbtraceId", fault.fbtraceId());
        return object;
    }
}
