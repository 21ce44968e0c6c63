package io.campaignlauncher.job.http;

import io.campaignlauncher.access.audit.Caller;
import io.campaignlauncher.access.audit.Callers;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.request.Fields;
import io.campaignlauncher.job.webhook.RegisteredWebhook;
import io.campaignlauncher.job.webhook.WebhookKey;
import io.campaignlauncher.job.webhook.WebhookRegistry.Registration;
import io.campaignlauncher.job.webhook.WebhookRegistry.Rotation;
import io.campaignlauncher.job.webhook.WebhookRegistry;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/webhooks}: addresses that are told of the jobs of who registered them. A secret is shown in the answer that made it, and
 * never again. An address that is registered once more stays as it is.
 */
final class WebhookRoutes {

    private static final int UUID_CHARACTERS = 36;

    private final WebhookRegistry webhooks;
    private final WebhookRules rules;
    private final Callers callers;
    private final HttpSettings settings;

    WebhookRoutes(WebhookRegistry webhooks, WebhookRules rules, Callers callers, HttpSettings settings) {
        this.webhooks = webhooks;
        this.rules = rules;
        this.callers = callers;
        this.settings = settings;
    }

    Mono<ServerResponse> register(ServerRequest request) {
        return JsonBody.of(request, settings.bodyBytesMax()).map(this::url)
                .flatMap(url -> by(request, (asking, caller) -> webhooks.register(asking, url, caller)))
                .flatMap(registration -> switch (registration) {
                    case Registration.Made(var webhook, var secret) -> Responses.created(
                            URI.create("/v1/webhooks/" + webhook.id()), described(webhook, secret, null));
                    case Registration.Known(var webhook) -> Responses.ok(described(webhook, null, null));
                    case Registration.TooMany _ ->
                        Mono.error(Problem.tooManyWebhooks(WebhookRegistry.WEBHOOKS_MAX));
                });
    }

    Mono<ServerResponse> rotate(ServerRequest request) {
        return id(request).flatMap(id -> by(request,
                (asking, caller) -> webhooks.rotate(Visibility.asAdmin(asking), id, caller)))
                .flatMap(rotation -> switch (rotation) {
                    case Rotation.Made(var webhook, var secret, var formerUntil) ->
                        Responses.ok(described(webhook, secret, formerUntil));
                    case Rotation.NoSuchWebhook _ -> Mono.error(Problem.noSuchWebhook());
                    case Rotation.TooMany(var until) ->
                        Mono.error(Problem.tooManySecrets(WebhookRegistry.SECRETS_MAX, until));
                });
    }

    Mono<ServerResponse> delete(ServerRequest request) {
        return id(request).flatMap(id -> by(request,
                (asking, caller) -> webhooks.delete(Visibility.asAdmin(asking), id, caller)))
                .flatMap(there -> there ? ServerResponse.noContent().build()
                        : Mono.error(Problem.noSuchWebhook()));
    }

    Mono<ServerResponse> list(ServerRequest request) {
        int limit = Paging.limit(request, settings);
        var after = request.queryParam("after").map(text -> uuid(text).orElseThrow(
                () -> Problem.badRequest("after", "must be the next of the page before"))).orElse(null);
        return Asking.principal(request)
                .flatMap(asking -> Blocking.call(() -> webhooks.list(Visibility.asAdmin(asking), after, limit)))
                .flatMap(found -> {
                    var answer = new LinkedHashMap<String, @Nullable Object>();
                    answer.put("webhooks", found.stream().map(WebhookRoutes::described).toList());
                    answer.put("next", found.size() == limit ? found.getLast().id().toString() : null);
                    return Responses.ok(answer);
                });
    }

    private <T> Mono<T> by(ServerRequest request, BiFunction<Principal, Caller, T> change) {
        return Asking.principal(request).flatMap(asking -> callers.of(request, asking)
                .flatMap(caller -> Blocking.call(() -> change.apply(asking, caller))));
    }

    private String url(ObjectNode body) {
        var found = new ArrayList<Violation>();
        var fields = new Fields(body, found);
        var url = fields.textOrEmpty("url");
        fields.nothingElse();
        var mistake = found.isEmpty() ? rules.mistake(url) : null;
        if (mistake != null) {
            found.add(new Violation("url", mistake));
        }
        if (!found.isEmpty()) {
            throw Problem.badRequest(found);
        }
        return url;
    }

    /** What is no id is the id of nothing. */
    private static Mono<UUID> id(ServerRequest request) {
        return Mono.justOrEmpty(uuid(request.pathVariable("webhookId")))
                .switchIfEmpty(Mono.error(Problem::noSuchWebhook));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return text.length() == UUID_CHARACTERS ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, @Nullable Object> described(RegisteredWebhook webhook) {
        var described = new LinkedHashMap<String, @Nullable Object>();
        described.put("webhookId", webhook.id().toString());
        described.put("tenant", webhook.ownership().tenant());
        described.put("owner", webhook.ownership().owner());
        described.put("url", webhook.address());
        described.put("createdAt", webhook.createdAt().toString());
        described.put("lastDeliveredAt", text(webhook.lastDeliveredAt()));
        described.put("lastFailedAt", text(webhook.lastFailedAt()));
        described.put("lastError", webhook.lastError());
        return described;
    }

    private static Map<String, @Nullable Object> described(RegisteredWebhook webhook, @Nullable WebhookKey secret,
            @Nullable Instant formerUntil) {
        var described = described(webhook);
        if (secret != null) {
            described.put("secret", secret.text());
        }
        if (formerUntil != null) {
            described.put("formerSecretUntil", formerUntil.toString());
        }
        return described;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
