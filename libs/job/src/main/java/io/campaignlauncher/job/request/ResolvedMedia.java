package io.campaignlauncher.job.request;

import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.MediaType;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Writes what Facebook knows of a file where a creative names it. */
final class ResolvedMedia {

    private static final String FACEBOOK_ID = "9".repeat(32);

    private final Map<Named, MediaFile> files = new HashMap<>();

    private record Named(String reference, MediaType type) {}

    ResolvedMedia(Collection<MediaFile> media) {
        media.forEach(file -> files.put(new Named(file.reference(), file.type()), file));
    }

    /** What takes as much room as anything that a request names can take. */
    static Collection<MediaFile> largest(LaunchRequest request) {
        return MediaReferences.of(request).stream().flatMap(reference -> Arrays.stream(MediaType.values())
                .map(type -> new MediaFile(reference, type, FACEBOOK_ID,
                        "x".repeat(MediaFile.THUMBNAIL_CHARACTERS_MAX))))
                .toList();
    }

    /** @param creative in its canonical form @return the same, and in that form */
    String in(String creative) {
        if (files.isEmpty() || !MediaReferences.mayName(creative)) {
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
