package io.campaignlauncher.job.http;

import io.campaignlauncher.job.letters.LetterFilter;
import io.campaignlauncher.job.letters.LetterPlace;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.request.Fields;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.telemetry.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which dead letters are to be redriven, and why.
 *
 * @param place  of one; null: those of the filter
 * @param filter empty where a place is given, else not
 * @param count  how many whoever asks expects the filter to cover; null: however many
 */
record RedriveBody(@Nullable LetterPlace place, LetterFilter filter, @Nullable Integer count, boolean again,
        String reason) {

    private static final int REASON_CHARACTERS_MAX = 200;
    private static final int KIND_CHARACTERS_MAX = 300;

    static RedriveBody of(ObjectNode body) {
        var found = new ArrayList<Violation>();
        var fields = new Fields(body, found);
        var letter = fields.within("letter");
        var place = body.hasNonNull("letter") ? place(letter, found) : null;
        var filter = filter(fields.within("filter"), found);
        if (body.hasNonNull("letter") == body.hasNonNull("filter")) {
            found.add(new Violation("filter", "is needed, or letter: one of the two"));
        } else if (body.hasNonNull("filter") && filter.isEmpty() && found.isEmpty()) {
            found.add(new Violation("filter", "must name a topic, a reasonKind or a jobId: all at once is none"));
        }
        var count = fields.integer("count");
        boolean again = Boolean.TRUE.equals(fields.bool("again"));
        var reason = fields.textOrEmpty("reason", REASON_CHARACTERS_MAX);
        fields.nothingElse();
        if (reason.isBlank() && found.stream().noneMatch(one -> one.field().equals("reason"))) {
            found.add(new Violation("reason", "is needed: why they are redriven"));
        }
        if (!found.isEmpty()) {
            throw Problem.badRequest(found);
        }
        return new RedriveBody(place, filter, count, again, reason);
    }

    private static @Nullable LetterPlace place(Fields fields, List<Violation> found) {
        var topic = topic(fields, "letter.topic", found);
        var partition = fields.integer("partition");
        var offset = fields.longInteger("offset");
        fields.nothingElse();
        if (topic == null || partition == null || offset == null) {
            found.add(new Violation("letter", "needs a topic, a partition and an offset"));
            return null;
        }
        return new LetterPlace(topic, partition, offset);
    }

    private static LetterFilter filter(Fields fields, List<Violation> found) {
        var topic = topic(fields, "filter.topic", found);
        var kind = fields.text("reasonKind", KIND_CHARACTERS_MAX);
        var jobId = fields.text("jobId");
        fields.nothingElse();
        return new LetterFilter(topic == null ? null : topic.topicName(), kind, uuid(jobId, found));
    }

    private static @Nullable Topic topic(Fields fields, String path, List<Violation> found) {
        var name = fields.text("topic");
        if (name == null) {
            return null;
        }
        var topic = DeadLetterRoutes.topic(name);
        if (topic.isEmpty()) {
            found.add(new Violation(path, "must be a topic of this system"));
        }
        return topic.orElse(null);
    }

    private static @Nullable UUID uuid(@Nullable String text, List<Violation> found) {
        if (text == null) {
            return null;
        }
        var uuid = DeadLetterRoutes.uuid(text);
        if (uuid.isEmpty()) {
            found.add(new Violation("filter.jobId", "must be a UUID"));
        }
        return uuid.orElse(null);
    }

    /** For the audit. */
    String subject() {
        if (place != null) {
            return place.toString();
        }
        var words = new ArrayList<String>();
        if (filter.topic() != null) {
            words.add("topic " + filter.topic());
        }
        if (filter.about() != null) {
            words.add("job " + filter.about());
        }
        if (filter.reasonKind() != null) {
            words.add("reason " + blottedOut(filter.reasonKind()));
        }
        return String.join(", ", words);
    }

    /** For the audit, where no secret stands that somebody pasted. */
    String why() {
        return blottedOut(reason);
    }

    private static String blottedOut(@Nullable String text) {
        return Secrets.blottedOut(String.valueOf(text), "***");
    }
}
