package io.campaignlauncher.job.request;

import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.LaunchPlan;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.MediaType;
import io.campaignlauncher.job.model.PlannedSlot;
import io.campaignlauncher.job.model.RequestRules;
import io.campaignlauncher.job.model.Variations;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.schemas.AvroEncoding;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * How large a request may be. Creation commands repeat what it says about campaign, ad sets and ads, and name every slot beside
 * it: so the largest of them has to find room in a record with the largest request and the longest names that there may be.
 */
public final class RequestSize {

    /** Of a request in its canonical form, as Kafka gets it. */
    public static final int BYTES_MAX = 512 * 1024;
    /** Of the names of all slots. */
    static final int NAMES_BYTES_MAX = 512 * 1024;
    /** Of everything that is asked of a creator at once, where slots have something of their own. */
    static final int WRITTEN_OUT_BYTES_MAX = 900 * 1024;

    private static final int SLOT_BYTES = 64;
    /** Of an image or a video, beside its texts. */
    private static final int MEDIA_FILE_BYTES = 16;
    private static final AvroEncoding ENCODING = new AvroEncoding();

    private RequestSize() {}

    /** What is to be said against the size of a request; empty: nothing. */
    public static Optional<Violation> violation(LaunchRequest request) {
        int bytes = ENCODING.encode(LaunchRequests.toAvro(request)).length;
        if (bytes > BYTES_MAX) {
            return tooLarge("may have at most " + BYTES_MAX + " bytes, and has " + bytes);
        }
        return writtenOut(request);
    }

    /** The same of what becomes of it where each slot is told what it is made of; empty for one that breaks other rules. */
    public static Optional<Violation> writtenOut(LaunchRequest request) {
        var media = ResolvedMedia.atTheirLargest(request);
        if (request.variations().equals(Variations.NONE) && media.isEmpty()
                || !RequestRules.violations(request).isEmpty()) {
            return Optional.empty();
        }
        var slots = LaunchPlan.of(request).slots();
        int names = slots.stream().mapToInt(slot -> slot.name().getBytes(StandardCharsets.UTF_8).length).sum();
        if (names > NAMES_BYTES_MAX) {
            return tooLarge("may have names of at most " + NAMES_BYTES_MAX + " bytes in all, and has " + names);
        }
        int mediaBytes = Math.max(size(media, MediaFile.THUMBNAIL_CHARACTERS_MAX),
                media.isEmpty() ? 0 : size(media, 0) + size(LaunchRequests.toAvro(request)));
        if (mediaBytes > WRITTEN_OUT_BYTES_MAX) {
            return tooLarge("may have at most " + WRITTEN_OUT_BYTES_MAX
                    + " bytes with what Facebook calls its images and videos, and has " + mediaBytes);
        }
        var resolved = ResolvedMedia.in(request, media);
        var specs = new SlotSpecs(resolved);
        var told = new HashSet<SpecificRecord>();
        slots.stream().filter(slot -> slot.id().type() != EntityType.CAMPAIGN)
                .forEach(slot -> told.add(spec(specs, slot)));
        told.add(LaunchRequests.toAvro(request.adSet()));
        told.add(LaunchRequests.toAvro(resolved.ad()));
        int bytes = names + SLOT_BYTES * slots.size() + told.stream().mapToInt(RequestSize::size).sum();
        return bytes <= WRITTEN_OUT_BYTES_MAX ? Optional.empty()
                : tooLarge("may have at most " + WRITTEN_OUT_BYTES_MAX
                        + " bytes with everything written out for each ad set and ad, and has " + bytes);
    }

    private static SpecificRecord spec(SlotSpecs specs, PlannedSlot slot) {
        return slot.id().type() == EntityType.AD_SET ? LaunchRequests.toAvro(specs.adSet(slot.id().number()))
                : LaunchRequests.toAvro(specs.ad(slot.id().number()));
    }

    private static int size(SpecificRecord spec) {
        return ENCODING.encode(spec).length;
    }

    /** Of images and videos as events and reports tell them. @param thumbnailBytes of the address of each video's thumbnail */
    private static int size(List<MediaFile> media, int thumbnailBytes) {
        return media.stream().mapToInt(file -> file.reference().getBytes(StandardCharsets.UTF_8).length
                + file.facebookId().length() + MEDIA_FILE_BYTES + (file.type() == MediaType.VIDEO ? thumbnailBytes : 0))
                .sum();
    }

    private static Optional<Violation> tooLarge(String message) {
        return Optional.of(new Violation("request", message));
    }
}
