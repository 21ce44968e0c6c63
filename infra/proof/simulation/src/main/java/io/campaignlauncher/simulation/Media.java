package io.campaignlauncher.simulation;

import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.MediaType;
import io.campaignlauncher.simulation.engine.Figures;
import io.campaignlauncher.simulation.engine.SeededRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which launches show an image or a video, and what is known of it: it is there, it is encoded for a while, it is gone from the account, or
 * nobody ever uploaded it. The dice are of their own, so that runs in which none shows any are as they were.
 */
final class Media {

    private static final double SHOWN = 0.2;
    private static final Duration ENCODING_MOST = Duration.ofMinutes(8);
    static final String NAMED = "launches that show something";
    static final String WAITED = "waits for a video";

    private static final String GONE = "0".repeat(32);
    private static final String WITH_IMAGE = """
            {"object_story_spec":{"page_id":"1000000001","link_data":{"link":"https://example.com","message":"Hello","image":"%s"}}}""";
    private static final String WITH_VIDEO = """
            {"object_story_spec":{"page_id":"1000000001","video_data":{"title":"Hello","video":"%s",\
            "call_to_action":{"type":"LEARN_MORE","value":{"link":"https://example.com"}}}}}""";

    private final World world;
    private final SeededRandom random;
    private final Duration encoding;
    /** By job. */
    private final Map<String, Shown> shown = new HashMap<>();
    private int waited;

    private enum Kind {
        IMAGE, VIDEO, GONE, NEVER_UPLOADED
    }

    /** @param facebookId null: nobody has uploaded it */
    private record Shown(Kind kind, String reference, @Nullable String facebookId) {

        MediaType type() {
            return kind == Kind.VIDEO ? MediaType.VIDEO : MediaType.IMAGE;
        }
    }

    Media(World world, SeededRandom random) {
        this.world = world;
        this.random = random;
        this.encoding = random.upTo(ENCODING_MOST);
    }

    /** How long Facebook encodes a video. */
    Duration encoding() {
        return encoding;
    }

    /** The order as somebody asks for it. */
    Order drawn(Order order) {
        // A run with some faults alone is to show what those lead to.
        if (!world.settings().only().isEmpty() || !random.chance(SHOWN)) {
            return order;
        }
        var kind = random.oneOf(Kind.values());
        var reference = "sha256:%064x".formatted(order.jobId().hashCode() & 0xffff_ffffL);
        shown.put(order.jobId(), new Shown(kind, reference, null));
        return order.showing((kind == Kind.VIDEO ? WITH_VIDEO : WITH_IMAGE).formatted(reference));
    }

    /** What there is was uploaded before anything begins. */
    void upload(Facebook facebook) {
        for (var order : world.orders()) {
            shown.computeIfPresent(order.jobId(), (_, one) -> new Shown(one.kind(), one.reference(),
                    switch (one.kind()) {
                        case IMAGE -> facebook.uploadedImage(order.account(), order.shortName());
                        case VIDEO -> facebook.uploadedVideo(order.account());
                        case GONE -> GONE;
                        case NEVER_UPLOADED -> null;
                    }));
        }
    }

    /** What the table of uploads says. */
    List<MediaFile> known(String jobId, LaunchRequest request) {
        var one = shown.get(jobId);
        return one == null || one.facebookId() == null ? List.of()
                : List.of(new MediaFile(one.reference(), one.type(), one.facebookId(), null));
    }

    /** An event of the job was appended. */
    void happened(String jobId, JobEvent event) {
        if (event instanceof JobEvent.PreVerificationCompleted(var report) && report.readyAt() != null
                && shown.containsKey(jobId)) {
            waited++;
        }
    }

    /** Whether anything of the job may be created. */
    boolean mayBegin(Order order) {
        var one = shown.get(order.jobId());
        return one == null || one.kind() == Kind.IMAGE || one.kind() == Kind.VIDEO;
    }

    /** Whether an ad shows what it is to show. */
    boolean isShownBy(Order order, String adId) {
        var one = shown.get(order.jobId());
        return one == null || one.facebookId() == null
                || world.facebook().creativeOf(adId).contains("\"" + one.facebookId() + "\"");
    }

    /** What is counted, in order. */
    static List<String> counted() {
        return List.of(NAMED, WAITED);
    }

    void count(Figures figures) {
        figures.count(NAMED, shown.size());
        figures.count(WAITED, waited);
    }
}
