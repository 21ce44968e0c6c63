package io.campaignlauncher.posting.kafka;

import io.campaignlauncher.posting.model.PostReport;
import io.campaignlauncher.posting.model.PostingCommand.PublishPost;
import io.campaignlauncher.posting.telegram.PostReporter;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.PostOutcome;
import io.campaignlauncher.schemas.PostReported;
import io.campaignlauncher.schemas.PostedMessage;
import io.campaignlauncher.worker.KafkaFactReporter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Tells reports on {@code posting.events}, keyed by the target. A report that is told again has the id that it had before. */
public final class KafkaPostReporter implements PostReporter {

    public static final String SOURCE = "/posting-service";

    private static final int DETAIL_MAX = 500;
    /** Longer headers are not read. */
    private static final int ID_MAX = 500;

    private final KafkaFactReporter reporter;
    private final Clock clock;

    public KafkaPostReporter(KafkaFactReporter reporter, Clock clock) {
        this.reporter = reporter;
        this.clock = clock;
    }

    /** However long Kafka is away. */
    @Override
    public Mono<Void> report(PublishPost post, PostReport report) {
        return Mono.defer(() -> {
            var fact = fact(post, report);
            return reporter.report(fact, new Envelope(id(report), fact.getSchema().getName(), SOURCE,
                    fact.getTargetId(), fact.getAt(), null, fact.getPostJobId(), null, null, post.tenant(),
                    post.ownerId()));
        });
    }

    /** What does not fit a header, as the words of a refusal may not, is told by its hash. */
    static String id(PostReport report) {
        var id = report.jobId() + "/" + report.name();
        return id.length() <= ID_MAX && id.chars().noneMatch(Character::isISOControl) ? id
                : report.jobId() + "/" + UUID.nameUUIDFromBytes(report.name().getBytes(StandardCharsets.UTF_8));
    }

    PostReported fact(PublishPost post, PostReport report) {
        return switch (report) {
            case PostReport.Started(_, var attempt) -> of(post, PostOutcome.STARTED, null, "attempt " + attempt);
            case PostReport.Unknown(_, _, var known, var waitsForPerson) ->
                of(post, waitsForPerson ? PostOutcome.ASKED : PostOutcome.UNCLEAR, null, known);
            case PostReport.NotMade(_, _, var reason) -> of(post, PostOutcome.NOT_MADE, null, reason);
            case PostReport.Posted(_, var attempt, var chatId, var messageId, var link, _) ->
                of(post, PostOutcome.POSTED, new PostedMessage(chatId, (long) messageId, link), "attempt " + attempt);
            case PostReport.Failed(_, var reason) -> of(post, PostOutcome.FAILED, null, reason);
            case PostReport.ChannelHeld(_, _, var reason) -> of(post, PostOutcome.CHANNEL_HELD, null, reason);
            case PostReport.LastLook look -> lookedLast(post, look);
            case PostReport.RolledBack(_, var reason, var removed) ->
                of(post, PostOutcome.ROLLED_BACK, null, reason + removed(removed));
        };
    }

    private PostReported lookedLast(PublishPost post, PostReport.LastLook look) {
        return switch (look.result()) {
            case OK, SURPLUS_REMOVED -> of(post, PostOutcome.LAST_LOOK_OK,
                    new PostedMessage(post.chatId(), (long) look.messageId(), ""),
                    "one post" + removed(look.removed()));
            case GONE -> of(post, PostOutcome.GONE, null, "message " + look.messageId() + " is not there any more");
        };
    }

    private static String removed(List<Integer> messages) {
        return messages.isEmpty() ? "" : "; removed: " + messages;
    }

    private PostReported of(PublishPost post, PostOutcome outcome, @Nullable PostedMessage message, String detail) {
        return PostReported.newBuilder().setPostJobId(post.jobId().toString()).setTargetId(post.targetId().toString())
                .setOutcome(outcome).setMessage(message)
                .setDetail(bounded(detail)).setAt(clock.instant()).build();
    }

    /** Not cut within a character. */
    private static String bounded(String detail) {
        return detail.length() <= DETAIL_MAX ? detail
                : detail.substring(0, Character.isHighSurrogate(detail.charAt(DETAIL_MAX - 1)) ? DETAIL_MAX - 1
                        : DETAIL_MAX);
    }
}
