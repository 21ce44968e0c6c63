package io.campaignlauncher.job.http;

import io.campaignlauncher.access.audit.AuditedChanges.Wish;
import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.letters.Letter;
import io.campaignlauncher.job.letters.LetterFilter;
import io.campaignlauncher.job.letters.LetterGroup;
import io.campaignlauncher.job.letters.LetterPlace;
import io.campaignlauncher.job.letters.LetterReader;
import io.campaignlauncher.job.letters.LetterTable;
import io.campaignlauncher.job.letters.Redrives;
import io.campaignlauncher.job.letters.Redriven;
import io.campaignlauncher.schemas.Topic;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code /v1/dead-letters}: what any service gave up, and its redrive; the tenant's for admins, everybody's for super_admins. No answer
 * holds a text of a letter's value.
 */
final class DeadLetterRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterRoutes.class);
    private static final String MASKED = "masked";

    private final LetterTable letters;
    private final LetterReader reader;
    private final Redrives redrives;
    private final AuditedChanges audited;
    private final HttpSettings settings;

    DeadLetterRoutes(LetterTable letters, LetterReader reader, Redrives redrives, AuditedChanges audited,
            HttpSettings settings) {
        this.letters = letters;
        this.reader = reader;
        this.redrives = redrives;
        this.audited = audited;
        this.settings = settings;
    }

    private record Page(List<LetterGroup> groups, List<Letter> letters) {}

    /** The groups stand on the first page alone. */
    Mono<ServerResponse> list(ServerRequest request) {
        var filter = filter(request);
        var after = Paging.number(request, "after", Long.MAX_VALUE);
        int limit = Paging.limit(request, settings);
        boolean withRedriven = flag(request, "redriven");
        return visibility(request).flatMap(visible -> Blocking.call(() -> new Page(
                after == null ? letters.groups(visible, filter) : List.of(),
                letters.letters(visible, filter, withRedriven, after == null ? Long.MAX_VALUE : after, limit))))
                .flatMap(page -> {
                    var answer = new LinkedHashMap<String, @Nullable Object>();
                    answer.put("upToDate", reader.isUpToDate());
                    answer.put("groups", page.groups().stream().map(DeadLetterRoutes::described).toList());
                    answer.put("letters", page.letters().stream().map(DeadLetterRoutes::described).toList());
                    answer.put("next", page.letters().size() == limit ? page.letters().getLast().number() : null);
                    return Responses.ok(answer);
                });
    }

    Mono<ServerResponse> one(ServerRequest request) {
        var place = place(request.pathVariable("topic"), request.pathVariable("partition"),
                request.pathVariable("offset")).orElseThrow(Problem::noSuchDeadLetter);
        var masked = masked(request);
        return visibility(request)
                .flatMap(visible -> Blocking.call(() -> letters.letter(visible, place)
                        .flatMap(letter -> redrives.shown(letter, masked))
                        .orElseThrow(Problem::noSuchDeadLetter)))
                .onErrorMap(KafkaException.class, DeadLetterRoutes::away)
                .flatMap(shown -> {
                    var answer = described(shown.letter());
                    answer.put("headers", shown.headers());
                    if (masked) {
                        answer.put("value", shown.value());
                        answer.put("mistake", shown.mistake());
                    }
                    return Responses.ok(answer);
                });
    }

    Mono<ServerResponse> redrive(ServerRequest request) {
        return JsonBody.of(request, settings.bodyBytesMax()).map(RedriveBody::of)
                .flatMap(body -> visibility(request).flatMap(visible -> audited.make(request,
                        new Wish("dead-letters.redrive", body.subject(), body.why()), redriven(visible, body))))
                .flatMap(redriven -> Responses.ok(Map.of("letters",
                        redriven.letters().stream().map(DeadLetterRoutes::described).toList(), "left",
                        redriven.left())));
    }

    private Mono<Redriven> redriven(Visibility visible, RedriveBody body) {
        return Blocking.call(() -> {
            var place = body.place();
            if (place != null) {
                return redrives.redrive(visible, place, body.again()).orElseThrow(Problem::noSuchDeadLetter);
            }
            var count = body.count();
            int now = letters.count(visible, body.filter(), body.again());
            if (count != null && count != now) {
                throw Problem.conflict("There are not as many any more",
                        "The filter covers " + now + " dead letters now, not " + count
                                + ". Nothing was redriven; look at them once more.");
            }
            return redrives.redrive(visible, body.filter(), body.again());
        }).onErrorMap(KafkaException.class, DeadLetterRoutes::away);
    }

    private static Problem away(KafkaException error) {
        LOG.warn("dead letters cannot be read or redriven now: {}", error.toString());
        return Problem.unavailable("Kafka does not answer. Nothing is lost, and to redrive once more does no harm.");
    }

    private static Mono<Visibility> visibility(ServerRequest request) {
        return Asking.principal(request).map(Visibility::asAdmin);
    }

    private static LetterFilter filter(ServerRequest request) {
        return new LetterFilter(request.queryParam("topic").map(DeadLetterRoutes::topicName).orElse(null),
                request.queryParam("reasonKind").map(DeadLetterRoutes::kind).orElse(null),
                request.queryParam("jobId").map(text -> uuid(text)
                        .orElseThrow(() -> Problem.badRequest("jobId", "must be a UUID"))).orElse(null));
    }

    private static String kind(String text) {
        if (text.indexOf('\0') >= 0) {
            throw Problem.badRequest("reasonKind", "must be the reasonKind of a group");
        }
        return text;
    }

    static Optional<UUID> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String topicName(String name) {
        return topic(name).map(Topic::topicName)
                .orElseThrow(() -> Problem.badRequest("topic", "must be a topic of this system"));
    }

    static Optional<Topic> topic(String name) {
        return Arrays.stream(Topic.values()).filter(topic -> topic.topicName().equals(name)).findFirst();
    }

    private static Optional<LetterPlace> place(String topic, String partition, String offset) {
        try {
            return topic(topic)
                    .map(known -> new LetterPlace(known, Integer.parseInt(partition), Long.parseLong(offset)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean flag(ServerRequest request, String name) {
        return switch (request.queryParam(name).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Problem.badRequest(name, "must be true or false");
        };
    }

    private static boolean masked(ServerRequest request) {
        var view = request.queryParam("view").orElse(null);
        if (view != null && !view.equals(MASKED)) {
            throw Problem.badRequest("view", "must be " + MASKED + ", or left out");
        }
        return view != null;
    }

    private static Map<String, Object> described(LetterGroup group) {
        var described = new LinkedHashMap<String, Object>();
        described.put("topic", group.topic());
        described.put("reasonKind", group.reasonKind());
        described.put("count", group.count());
        described.put("redrivable", group.redrivable());
        described.put("cameBack", group.cameBack());
        described.put("oldest", group.oldest().toString());
        described.put("newest", group.newest().toString());
        described.put("advice", group.advice());
        return described;
    }

    private static Map<String, @Nullable Object> described(Letter letter) {
        var described = new LinkedHashMap<String, @Nullable Object>();
        put(described, letter.place());
        described.put("parkedAt", letter.parkedAt().toString());
        described.put("reason", letter.reason());
        described.put("reasonKind", letter.reasonKind());
        described.put("advice", letter.advice());
        described.put("consumer", letter.consumer());
        described.put("type", letter.type());
        described.put("source", letter.source());
        described.put("about", letter.about() == null ? null : letter.about().toString());
        described.put("tenant", letter.tenant());
        described.put("valueBytes", letter.valueBytes());
        described.put("cameBack", letter.cameBack());
        described.put("redrivable", letter.obstacle() == null);
        described.put("redrivenAt", letter.redrivenAt() == null ? null : letter.redrivenAt().toString());
        return described;
    }

    private static Map<String, @Nullable Object> described(Redriven.One one) {
        var described = new LinkedHashMap<String, @Nullable Object>();
        put(described, one.place());
        described.put("result", one.result().word());
        described.put("detail", one.detail());
        return described;
    }

    private static void put(Map<String, @Nullable Object> described, LetterPlace place) {
        described.put("topic", place.topic().topicName());
        described.put("partition", place.partition());
        described.put("offset", place.offset());
    }
}
