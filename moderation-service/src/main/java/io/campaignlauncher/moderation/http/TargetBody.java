package io.campaignlauncher.moderation.http;

import io.campaignlauncher.access.http.BodyBytes;
import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.request.CanonicalJson;
import io.campaignlauncher.job.request.Fields;
import io.campaignlauncher.job.request.LaunchJson;
import io.campaignlauncher.job.request.RequestJson;
import io.campaignlauncher.market.messages.LaunchCommands;
import io.campaignlauncher.market.model.Place;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a target is to be: a post on Telegram, or a launch on Facebook. Every mistake is found at once. */
final class TargetBody {

    private static final int BYTES_MAX = 512 * 1024;
    /** As in {@code launch.adSet.targeting}. */
    private static final int FIELD_DEPTH = 3;
    private static final String AD_ACCOUNT = "adAccountId";
    private static final String LAUNCH = "launch";
    private static final List<String> OF_A_POST = List.of("channelId", "text", "link", "photo");

    private final ObjectNode body;
    private final List<Violation> found = new ArrayList<>();
    private final Fields fields;

    private TargetBody(ObjectNode body) {
        this.body = body;
        this.fields = new Fields(body, found);
    }

    /** Fails with a {@link HttpProblem}: 400 or 413. */
    static Mono<ObjectNode> of(ServerRequest request) {
        return BodyBytes.of(request, BYTES_MAX).map(TargetBody::parsed)
                .switchIfEmpty(Mono.error(TargetBody::noObject));
    }

    private static ObjectNode parsed(byte[] bytes) {
        try {
            RequestJson.numberBeyondBounds(bytes, FIELD_DEPTH).ifPresent(mistake -> {
                throw wrong(List.of(mistake));
            });
            if (RequestJson.read(bytes) instanceof ObjectNode object) {
                return object;
            }
            throw noObject();
        } catch (JacksonException e) {
            throw noObject();
        }
    }

    private static HttpProblem noObject() {
        return HttpProblem.noJsonObject("It cannot be read.");
    }

    private static HttpProblem wrong(List<Violation> found) {
        return HttpProblem.mistakes(
                found.stream().map(one -> new HttpProblem.Mistake(one.field(), one.message())).toList());
    }

    /**
     * @param targetId what it is for
     * @param asking   whose target it is
     * @throws HttpProblem 400, naming every field with a mistake
     */
    static Place place(ObjectNode body, UUID targetId, Principal asking) {
        return new TargetBody(body).place(targetId, asking);
    }

    private Place place(UUID targetId, Principal asking) {
        var launched = body.hasNonNull(AD_ACCOUNT) || body.hasNonNull(LAUNCH);
        var postAt = postAt();
        var place = launched ? launch(targetId, asking, postAt) : post(postAt);
        fields.nothingElse();
        if (!found.isEmpty()) {
            throw wrong(found);
        }
        return place;
    }

    private Place launch(UUID targetId, Principal asking, @Nullable Instant postAt) {
        OF_A_POST.forEach(name -> {
            if (fields.text(name) != null) {
                note(name,
                        "is for a post on Telegram; adAccountId and launch are for Facebook, and a target is on one");
            }
        });
        var adAccountId = needed(AD_ACCOUNT);
        fields.within(LAUNCH);
        if (!(body.get(LAUNCH) instanceof ObjectNode launch)) {
            note(LAUNCH, "is needed");
            return new Place.FacebookLaunch(adAccountId, "", postAt);
        }
        LaunchJson.note(found, LaunchCommands.violations(targetId, new Ownership(asking.tenant(), asking.subject()),
                adAccountId, launch));
        return new Place.FacebookLaunch(adAccountId, CanonicalJson.of(launch), postAt);
    }

    private Place post(@Nullable Instant postAt) {
        var channelId = id(needed("channelId"));
        return new Place.TelegramPost(channelId, needed("text"), fields.text("link"), fields.text("photo"), postAt);
    }

    /** Empty, which is noted, where it is missing. */
    private String needed(String name) {
        var text = fields.textOrEmpty(name);
        if (text.isEmpty()) {
            note(name, "is needed");
        }
        return text;
    }

    private UUID id(String channelId) {
        try {
            var id = UUID.fromString(channelId);
            if (id.toString().equals(channelId)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Noted below.
        }
        note("channelId", "must be the id of a channel");
        return new UUID(0, 0);
    }

    private @Nullable Instant postAt() {
        var text = fields.text("postAt");
        var time = text == null ? null : time(text);
        if (text != null && time == null) {
            note("postAt", "must be a time such as 2026-01-31T12:00:00Z");
        }
        return time;
    }

    /** Null where it is none. */
    static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private void note(String field, String message) {
        LaunchJson.note(found, List.of(new Violation(field, message)));
    }
}
