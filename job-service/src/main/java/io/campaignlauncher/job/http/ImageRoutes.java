package io.campaignlauncher.job.http;

import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.access.http.HttpProblem.Mistake;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.MediaSettings;
import io.campaignlauncher.job.media.ImageUploads;
import io.campaignlauncher.job.media.ImageUploads.Order;
import io.campaignlauncher.job.media.ImageUploads.Result;
import io.campaignlauncher.job.media.ReceivedImage;
import io.campaignlauncher.job.model.CredentialRules;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.CredentialName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code POST /v1/media/images}: one image, into one or several ad accounts. */
final class ImageRoutes {

    /** In one request. */
    static final int ACCOUNTS_MAX = 50;

    private static final Duration SOON = Duration.ofSeconds(1);

    private final ImageUploads images;
    private final AccessTokens credentials;
    private final Mono<Void> ready;
    private final AuditedChanges audited;
    private final Places places;

    /** @param ready completes once credentials are known, or fails with a {@link Problem} */
    ImageRoutes(ImageUploads images, AccessTokens credentials, Mono<Void> ready, AuditedChanges audited,
            Places places) {
        this.images = images;
        this.credentials = credentials;
        this.ready = ready;
        this.audited = audited;
        this.places = places;
    }

    Mono<ServerResponse> upload(ServerRequest request) {
        int length = RawBody.length(request, "image", MediaSettings.DEFAULTS.imageBytesMax());
        return ready.then(Asking.principal(request)).flatMap(asking -> {
            var order = order(request, asking);
            return places.within(images.receive(request.exchange().getRequest().getBody(), length,
                    image -> audited.make(request,
                            MediaRoutes.wish("image", image.sha256(), String.join(", ", order.accounts().keySet())),
                            images.upload(image, order))
                            .flatMap(results -> answer(image, order, results))));
        });
    }

    private Order order(ServerRequest request, Principal asking) {
        var found = new ArrayList<Violation>();
        var credentialId = request.queryParam("credentialId").orElse("");
        var name = MediaNames.optional(request.queryParam("name").orElse(null), "name", found);
        var file = MediaNames.file(request.queryParam("upload").orElse(null), name, found);
        var accounts = new LinkedHashMap<String, AccessToken>();
        var asked = new LinkedHashSet<>(request.queryParams().getOrDefault(MediaRoutes.AD_ACCOUNT, List.of()));
        if (asked.isEmpty() || asked.size() > ACCOUNTS_MAX
                || !asked.stream().map(String::valueOf).allMatch(CredentialRules::isAdAccount)) {
            found.add(new Violation(MediaRoutes.AD_ACCOUNT, "must be 1 to " + ACCOUNTS_MAX
                    + " ad accounts, each act_ and digits"));
        } else {
            for (var adAccountId : asked) {
                var obstacles = new ArrayList<Violation>();
                CredentialToken.of(new CredentialName(asking.tenant(), credentialId), adAccountId, credentials,
                        obstacles).ifPresent(token -> accounts.put(adAccountId, token));
                obstacles.stream().filter(one -> !found.contains(one)).forEach(found::add);
            }
        }
        if (!found.isEmpty()) {
            throw Problem.badRequest(found);
        }
        return new Order(asking.tenant(), accounts, credentialId, name, file);
    }

    /** Where no account has it, the status says whether the same request may go well later. */
    private static Mono<ServerResponse> answer(ReceivedImage image, Order order, List<Result> results) {
        var failures = results.stream().filter(Result.Failed.class::isInstance).map(Result.Failed.class::cast)
                .toList();
        if (failures.size() == results.size()) {
            return Mono.error(failed(failures));
        }
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("sha256", image.sha256());
        answer.put("type", image.type().mimeType());
        answer.put("bytes", image.bytes());
        answer.put("name", order.name());
        answer.put("upload", order.file() == null ? null : order.file().upload());
        answer.put("accounts", results.stream().map(ImageRoutes::described).toList());
        return Responses.ok(answer);
    }

    private static Problem failed(List<Result.Failed> failures) {
        var mistakes = failures.stream().map(one -> new Mistake(one.adAccountId(), one.error().message())).toList();
        if (failures.stream().allMatch(one -> one.error().kind() == GraphError.Kind.PERMANENT)) {
            return Problem.refusedByFacebook("No account has the image.", mistakes);
        }
        var wait = failures.stream().map(one -> one.error().waitFor()).filter(Objects::nonNull)
                .max(Duration::compareTo).orElse(SOON);
        return Problem.unavailable("No account has the image now; send it again.", mistakes, wait);
    }

    private static Map<String, Object> described(Result result) {
        var described = new LinkedHashMap<String, Object>();
        described.put(MediaRoutes.AD_ACCOUNT, result.adAccountId());
        switch (result) {
            case Result.There(var _, var hash) -> described.put("hash", hash);
            case Result.Failed(var _, var error) -> described.put("error", Map.of("kind",
                    error.kind().name().toLowerCase(Locale.ROOT), "message", error.message()));
        }
        return described;
    }
}
