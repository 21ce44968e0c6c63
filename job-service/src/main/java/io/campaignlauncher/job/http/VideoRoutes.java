package io.campaignlauncher.job.http;

import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.MediaSettings;
import io.campaignlauncher.job.media.VideoUploads;
import io.campaignlauncher.job.media.VideoUploads.Order;
import io.campaignlauncher.job.media.VideoUploads.Sent;
import io.campaignlauncher.job.media.model.FileName;
import io.campaignlauncher.job.media.model.MediaKey;
import io.campaignlauncher.job.media.model.StoredMedia;
import io.campaignlauncher.job.model.CredentialRules;
import io.campaignlauncher.job.model.MediaType;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.request.Fields;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.CredentialName;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/media/videos}: a video is begun, sent in chunks, and asked about. Every answer says where it is. */
final class VideoRoutes {

    private static final String SHA256 = "sha256";
    private static final int CHUNK_BYTES_MAX = MediaSettings.DEFAULTS.chunkBytesMax();

    private final VideoUploads videos;
    private final AccessTokens credentials;
    private final Mono<Void> ready;
    private final AuditedChanges audited;
    private final Places places;
    private final HttpSettings settings;

    /** @param ready completes once credentials are known, or fails with a {@link Problem} */
    VideoRoutes(VideoUploads videos, AccessTokens credentials, Mono<Void> ready, AuditedChanges audited,
            Places places, HttpSettings settings) {
        this.videos = videos;
        this.credentials = credentials;
        this.ready = ready;
        this.audited = audited;
        this.places = places;
        this.settings = settings;
    }

    private record Asked(Order order, AccessToken token) {}

    Mono<ServerResponse> begin(ServerRequest request) {
        return JsonBody.of(request, settings.bodyBytesMax()).delayUntil(_ -> ready)
                .flatMap(body -> Asking.principal(request).map(asking -> asked(body, asking)))
                .flatMap(asked -> videos.begin(asked.order(), asked.token(),
                        start -> audited.make(request, wish(asked.order().key()), start)))
                .flatMap(begun -> begun.started() ? Responses.created(address(begun.video()), where(begun.video()))
                        : Responses.ok(where(begun.video())));
    }

    private static AuditedChanges.Wish wish(MediaKey key) {
        return MediaRoutes.wish("video", key.sha256(), key.adAccountId());
    }

    private static URI address(StoredMedia video) {
        return URI.create("/v1/media/videos/" + video.key().adAccountId() + "/" + video.key().sha256());
    }

    private Asked asked(ObjectNode body, Principal asking) {
        var found = new ArrayList<Violation>();
        var fields = new Fields(body, found);
        var adAccountId = fields.textOrEmpty(MediaRoutes.AD_ACCOUNT);
        var credentialId = fields.textOrEmpty("credentialId");
        var sha256 = fields.textOrEmpty(SHA256);
        var bytes = fields.longInteger("bytes");
        var name = MediaNames.optional(fields.text("name"), "name", found);
        var file = MediaNames.file(fields.text("upload"), name, found);
        fields.nothingElse();
        if (bytes == null || bytes < 1) {
            found.add(new Violation("bytes", "must be the length of the video"));
        }
        var key = key(asking, adAccountId, sha256, found);
        var token = token(asking, credentialId, adAccountId, found);
        return new Asked(new Order(key, bytes == null ? 0 : bytes, name, file, credentialId),
                token.orElseThrow(() -> Problem.badRequest(found)));
    }

    Mono<ServerResponse> chunk(ServerRequest request) {
        int length = RawBody.length(request, "video", CHUNK_BYTES_MAX);
        return ready.then(Asking.principal(request)).flatMap(asking -> {
            var found = new ArrayList<Violation>();
            var key = pathKey(request, asking, found);
            var credentialId = request.queryParam("credentialId").orElse("");
            long offset = offset(request, found);
            var token = token(asking, credentialId, key.adAccountId(), found)
                    .orElseThrow(() -> Problem.badRequest(found));
            return places.within(videos.chunk(key, credentialId, token, offset, length,
                    request.exchange().getRequest().getBody()));
        }).flatMap(sent -> switch (sent) {
            case Sent.Passed(var video) -> Responses.ok(where(video));
            case Sent.NotWanted(var video, var why) -> notWanted(video, why);
        });
    }

    Mono<ServerResponse> where(ServerRequest request) {
        return ready.then(Asking.principal(request)).flatMap(asking -> {
            var found = new ArrayList<Violation>();
            var key = pathKey(request, asking, found);
            return found.isEmpty() ? videos.where(key, credentialId -> token(asking, credentialId, key.adAccountId(),
                    new ArrayList<>())) : Mono.error(Problem.noSuchVideo("There is no such ad account or sha256."));
        }).flatMap(video -> Responses.ok(where(video)));
    }

    private static MediaKey pathKey(ServerRequest request, Principal asking, List<Violation> found) {
        return key(asking, request.pathVariable(MediaRoutes.AD_ACCOUNT), request.pathVariable(SHA256), found);
    }

    private static MediaKey key(Principal asking, String adAccountId, String sha256, List<Violation> found) {
        if (!CredentialRules.isAdAccount(adAccountId)) {
            found.add(new Violation(MediaRoutes.AD_ACCOUNT, "must be act_ and digits"));
        }
        if (!FileName.isHash(sha256)) {
            found.add(new Violation(SHA256, "must be 64 hex digits in small letters"));
        }
        return new MediaKey(asking.tenant(), adAccountId, sha256, MediaType.VIDEO);
    }

    /** Empty where anything was found. */
    private Optional<AccessToken> token(Principal asking, String credentialId, String adAccountId,
            List<Violation> found) {
        return found.isEmpty() ? CredentialToken.of(new CredentialName(asking.tenant(), credentialId), adAccountId,
                credentials, found) : Optional.empty();
    }

    private static long offset(ServerRequest request, List<Violation> found) {
        try {
            long offset = Long.parseLong(request.queryParam("offset").orElse(""));
            if (offset >= 0) {
                return offset;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        found.add(new Violation("offset", "must be where the chunk begins in the video"));
        return 0;
    }

    /** A problem that says where to go on, so that it can be gone by like any other answer. */
    private static Mono<ServerResponse> notWanted(StoredMedia video, String why) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("title", "The chunk is not wanted");
        answer.put("status", HttpStatus.CONFLICT.value());
        answer.put("detail", why);
        answer.put("errors", List.of());
        answer.putAll(where(video));
        return Responses.conflict(answer);
    }

    private static Map<String, @Nullable Object> where(StoredMedia video) {
        var where = new LinkedHashMap<String, @Nullable Object>();
        where.put(MediaRoutes.AD_ACCOUNT, video.key().adAccountId());
        where.put(SHA256, video.key().sha256());
        where.put("state", video.state().name());
        where.put("offset", video.wantedFrom());
        where.put("end", Math.min(video.wantedTo(), video.wantedFrom() + CHUNK_BYTES_MAX));
        where.put("bytes", video.bytes());
        where.put("name", video.name());
        where.put("videoId", video.facebookId());
        where.put("problem", video.problem());
        return where;
    }
}
