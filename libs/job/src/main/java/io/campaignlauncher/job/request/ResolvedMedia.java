package io.campaignlauncher.job.request;

import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.ListedAd;
import io.campaignlauncher.job.model.ListedAdSet;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.MediaType;
import io.campaignlauncher.job.model.Variations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Writes what Facebook knows of a file where a creative names it. */
public final class ResolvedMedia {

    private static final String FACEBOOK_ID = "%032d";
    private static final String LONGEST_THUMBNAIL = "x".repeat(MediaFile.THUMBNAIL_CHARACTERS_MAX);

    private final Map<Named, MediaFile> files = new HashMap<>();

    private record Named(String reference, MediaType type) {}

    private ResolvedMedia(Collection<MediaFile> media) {
        media.forEach(file -> files.put(new Named(file.reference(), file.type()), file));
    }

    /**
     * The same launch with what Facebook knows of each file where a creative names it. What is not known stays as it is.
     *
     * @param request a canonical one
     */
    public static LaunchRequest in(LaunchRequest request, Collection<MediaFile> media) {
        return media.isEmpty() ? request : new ResolvedMedia(media).in(request);
    }

    /** What takes as much room as anything that the launch names can take; no two are alike. */
    static List<MediaFile> atTheirLargest(LaunchRequest request) {
        var largest = new ArrayList<MediaFile>();
        for (var reference : MediaReferences.of(request)) {
            for (var type : MediaType.values()) {
                largest.add(new MediaFile(reference, type, FACEBOOK_ID.formatted(largest.size()),
                        type == MediaType.VIDEO ? LONGEST_THUMBNAIL : null));
            }
        }
        return MediaReferences.named(request, largest);
    }

    private LaunchRequest in(LaunchRequest request) {
        var v = request.variations();
        var adSets = v.adSets().stream().map(adSet -> new ListedAdSet(adSet.name(), adSet.dailyBudget(),
                adSet.billingEvent(), adSet.optimizationGoal(), adSet.targeting(), adSet.graphFields(),
                adSet.ads().stream().map(this::in).toList())).toList();
        return request.withAd(new AdSpec(in(request.ad().creative()), request.ad().graphFields()))
                .varied(new Variations(v.adSetName(), v.adName(), v.texts(), v.links(), adSets,
                        v.numberRepeatedNames()));
    }

    private ListedAd in(ListedAd ad) {
        return ad.creative() == null ? ad : new ListedAd(ad.name(), in(ad.creative()), ad.graphFields());
    }

    private String in(String creative) {
        if (!MediaReferences.mayName(creative)) {
            return creative;
        }
        var read = CanonicalJson.MAPPER.readTree(creative);
        MediaReferences.visit(read, "", (object, path) -> {
            // The video first: an image beside it is its thumbnail.
            resolve(object, path, MediaType.VIDEO);
            resolve(object, path, MediaType.IMAGE);
        });
        return CanonicalJson.of(read);
    }

    private void resolve(ObjectNode object, String path, MediaType type) {
        var word = MediaReferences.word(type);
        var named = object.path(word);
        var file = named.isString() ? files.get(new Named(named.stringValue(), type)) : null;
        if (file == null) {
            return;
        }
        var fields = CreativeFields.of(type, path);
        object.remove(word);
        object.put(fields.file(), file.facebookId());
        if (type == MediaType.VIDEO && file.thumbnailUrl() != null
                && fields.thumbnails().stream().noneMatch(object::has)) {
            object.put(fields.thumbnail(), file.thumbnailUrl());
        }
    }
}
