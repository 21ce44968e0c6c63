package io.campaignlauncher.job.http;

import io.campaignlauncher.job.attention.Attention;
import io.campaignlauncher.job.attention.Matter;
import io.campaignlauncher.messaging.KillSwitches;
import io.campaignlauncher.messaging.Readiness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/attention}: what waits for a person, among what who asks may see. */
final class AttentionReads {

    private final Attention attention;
    private final Readiness readiness;
    private final KillSwitches switches;
    private final HttpSettings settings;

    /** @param readiness ready when the credentials were read */
    AttentionReads(Attention attention, Readiness readiness, KillSwitches switches, HttpSettings settings) {
        this.attention = attention;
        this.readiness = readiness;
        this.switches = switches;
        this.settings = settings;
    }

    /** Switches and credentials are on their topics: before those were read nobody knows. */
    Mono<ServerResponse> all(ServerRequest request) {
        return readiness.ready().then(switches.known()).timeout(settings.patience())
                .onErrorMap(_ -> Problem.unavailable("The service is still starting; send the request again."))
                .then(Asking.principal(request))
                .flatMap(asking -> Blocking.call(() -> attention.of(asking)))
                .flatMap(matters -> Responses.ok(described(matters)));
    }

    private static Map<String, Object> described(List<Matter> matters) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("total", matters.stream().mapToInt(Matter::count).sum());
        answer.put("matters", matters.stream().map(AttentionReads::described).toList());
        return answer;
    }

    private static Map<String, Object> described(Matter matter) {
        var described = new LinkedHashMap<String, Object>();
        described.put("kind", matter.kind().word());
        described.put("count", matter.count());
        described.put("more", matter.more());
        described.put("items", matter.items().stream().map(AttentionReads::described).toList());
        return described;
    }

    private static Map<String, @Nullable Object> described(Matter.Item item) {
        var described = new LinkedHashMap<String, @Nullable Object>();
        described.put("id", item.id());
        described.put("name", item.name());
        described.put("since", item.since() == null ? null : item.since().toString());
        described.put("detail", item.detail());
        described.put("count", item.count());
        return described;
    }
}
