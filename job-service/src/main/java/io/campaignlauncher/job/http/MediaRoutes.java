package io.campaignlauncher.job.http;

import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.access.http.OtherBodies;
import io.campaignlauncher.job.media.MediaFiles;
import io.campaignlauncher.job.media.MediaRefused;
import io.campaignlauncher.job.media.model.StoredMedia;
import io.campaignlauncher.job.model.CredentialRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What is known of images and videos, and what uploads of both answer alike. */
final class MediaRoutes {

    static final OtherBodies BODIES = new OtherBodies(
            Pattern.compile("/v1/media/(images|videos/[^/?]*/[^/?]*)(\\?.*)?").asMatchPredicate());
    /** What uploads are called in the audit. */
    static final String ACTION = "media.upload";
    static final String AD_ACCOUNT = "adAccountId";

    private final MediaFiles media;
    private final HttpSettings settings;

    MediaRoutes(MediaFiles media, HttpSettings settings) {
        this.media = media;
        this.settings = settings;
    }

    /** {@code GET /v1/media}: the tenant's, the latest first. */
    Mono<ServerResponse> list(ServerRequest request) {
        var adAccountId = request.queryParam(AD_ACCOUNT).orElse(null);
        if (adAccountId != null && !CredentialRules.isAdAccount(adAccountId)) {
            return Mono.error(Problem.badRequest(AD_ACCOUNT, "must be act_ and digits"));
        }
        var after = Paging.number(request, "after", Long.MAX_VALUE);
        int limit = Paging.limit(request, settings);
        return Asking.visibility(request)
                .flatMap(visible -> Blocking.call(() -> media.list(visible.tenant(), adAccountId,
                        after == null ? Long.MAX_VALUE : after, limit)))
                .flatMap(found -> Responses.ok(page(found, limit)));
    }

    private static Map<String, @Nullable Object> page(List<StoredMedia> found, int limit) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("media", found.stream().map(MediaRoutes::listed).toList());
        answer.put("next", found.size() == limit ? found.getLast().number() : null);
        return answer;
    }

    private static Map<String, @Nullable Object> listed(StoredMedia media) {
        var listed = new LinkedHashMap<String, @Nullable Object>();
        listed.put(AD_ACCOUNT, media.key().adAccountId());
        listed.put("sha256", media.key().sha256());
        listed.put("type", media.key().type().name().toLowerCase(Locale.ROOT));
        listed.put("state", media.state().name());
        listed.put("facebookId", media.facebookId());
        listed.put("bytes", media.bytes());
        listed.put("name", media.name());
        listed.put("problem", media.problem());
        listed.put("createdAt", media.createdAt().toString());
        return listed;
    }

    /** Around the routes of uploads: what goes no further becomes the problem that it is. */
    static Mono<ServerResponse> withRefusals(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return Mono.defer(() -> next.handle(request)).onErrorMap(MediaRefused.class, MediaRoutes::problem);
    }

    private static Problem problem(MediaRefused refused) {
        return switch (refused.why()) {
            case TYPE -> Problem.otherType(refused.sentence());
            case BROKEN_OFF -> Problem.brokenOff(refused.sentence());
            case NAME_TAKEN -> Problem.conflict("The name is taken", refused.sentence());
            case OTHER_LENGTH -> Problem.conflict("Another length", refused.sentence());
            case NOT_THERE -> Problem.noSuchVideo(refused.sentence());
            case REFUSED_BY_FACEBOOK -> Problem.refusedByFacebook(refused.sentence(), List.of());
            case NOT_NOW -> Problem.unavailable(refused.sentence(), List.of(), refused.retryAfter());
        };
    }

    static AuditedChanges.Wish wish(String type, String sha256, String accounts) {
        return new AuditedChanges.Wish(ACTION, type + " " + sha256, accounts);
    }
}
