package io.campaignlauncher.telegram.simulator.core;

import java.time.Duration;
import java.util.HashSet;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** {@code getUpdates} and the webhook, to which nothing is sent here. */
final class Updates {

    private static final int LIMIT_MAX = 100;
    private static final int TIMEOUT_SECONDS_MAX = 50;

    private Updates() {}

    /** @param waits whether the answer may come later */
    static void fetch(Call call, boolean waits, Consumer<JsonNode> answer, Consumer<Refusal> refused) {
        var parameters = call.parameters();
        allow(call);
        int limit = Math.clamp(parameters.whole("limit", LIMIT_MAX), 1, LIMIT_MAX);
        int seconds = waits ? Math.clamp(parameters.whole("timeout", 0), 0, TIMEOUT_SECONDS_MAX) : 0;
        call.bot().updates.fetch(new UpdateQueue.Poll(parameters.number("offset"), limit,
                call.now().plus(Duration.ofSeconds(seconds)), answer, refused), call.now());
    }

    private static void allow(Call call) {
        var allowed = call.parameters().json("allowed_updates");
        if (allowed != null) {
            var kinds = new HashSet<String>();
            allowed.forEach(kind -> kinds.add(kind.asString("")));
            call.bot().updates.allowed = kinds;
        }
    }

    static JsonNode setWebhook(Call call) {
        var url = call.parameters().text("url");
        if (!url.isEmpty() && !url.startsWith("https://")) {
            throw Refusal.bad("bad webhook: An HTTPS URL must be provided for webhook");
        }
        allow(call);
        var updates = call.bot().updates;
        updates.terminate("terminated by setWebhook request");
        updates.webhookUrl = url.isEmpty() ? null : url;
        return Json.yes();
    }

    static JsonNode deleteWebhook(Call call) {
        call.bot().updates.webhookUrl = null;
        return Json.yes();
    }

    static JsonNode webhookInfo(Call call) {
        var updates = call.bot().updates;
        return Json.object().put("url", updates.webhookUrl == null ? "" : updates.webhookUrl)
                .put("has_custom_certificate", false).put("pending_update_count", updates.size());
    }
}
