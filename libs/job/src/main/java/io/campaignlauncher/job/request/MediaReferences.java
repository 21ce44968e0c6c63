package io.campaignlauncher.job.request;

import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.MediaType;
import io.campaignlauncher.job.model.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The images and videos that the creatives of a request name: {@code "image"} or {@code "video"} with a text, anywhere within, which is
 * {@code sha256:} and the hash of a content that was uploaded, or the name of a file of the request's {@code mediaUpload}.
 */
public final class MediaReferences {

    static final String IMAGE = "image";
    static final String VIDEO = "video";
    /** Of one request, each counted once. */
    static final int MAX = 1_000;

    private static final Pattern CONTENT = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final int NAME_CHARACTERS_MAX = 200;
    private static final String CONTENT_MARK = "sha256:";

    private MediaReferences() {}

    /** Where a request names a file. @param field its path @param also what else says the same there; null: nothing */
    private record Place(String field, MediaType type, String reference, @Nullable String also) {}

    /** A file that a creative names. @param name as it stands there */
    public record Named(String name, MediaType type) {}

    /** Names of files that a request names, each once; not those that it names by their content. */
    public static List<Named> files(LaunchRequest request) {
        return places(request).stream().filter(place -> !place.reference().startsWith(CONTENT_MARK))
                .map(place -> new Named(place.reference(), place.type())).distinct().toList();
    }

    /** @param creative in its canonical form */
    public static boolean areIn(String creative) {
        var places = new ArrayList<Place>();
        collect(places, "", creative);
        return !places.isEmpty();
    }

    /** What a request names, each once. */
    public static Set<String> of(LaunchRequest request) {
        return places(request).stream().map(Place::reference).collect(Collectors.toCollection(TreeSet::new));
    }

    /** @param media what is known of them @return what of it the request names */
    public static List<MediaFile> named(LaunchRequest request, Collection<MediaFile> media) {
        var places = places(request);
        return media.stream().filter(file -> places.stream()
                .anyMatch(place -> file.isNamed(place.reference(), place.type()))).toList();
    }

    /** @param media what is known of them @return what stands against the launch; empty: all are known */
    public static List<Violation> violations(LaunchRequest request, Collection<MediaFile> media) {
        var places = places(request);
        var found = new ArrayList<Violation>();
        for (var place : places) {
            var mistake = mistake(place, request, media);
            if (mistake != null) {
                found.add(new Violation(place.field(), mistake));
            }
        }
        long distinct = places.stream().map(Place::reference).distinct().count();
        if (distinct > MAX) {
            found.add(
                    new Violation("request", "may name at most " + MAX + " images and videos, and names " + distinct));
        }
        if (request.mediaUpload() != null
                && (request.mediaUpload().isBlank() || request.mediaUpload().length() > NAME_CHARACTERS_MAX)) {
            found.add(new Violation("mediaUpload", "must have 1 to " + NAME_CHARACTERS_MAX + " characters"));
        }
        return found;
    }

    private static @Nullable String mistake(Place place, LaunchRequest request, Collection<MediaFile> media) {
        var reference = place.reference();
        if (place.also() != null) {
            return "says the same as " + place.also() + " beside it: one of them has to go";
        }
        if (reference.startsWith(CONTENT_MARK)) {
            if (!CONTENT.matcher(reference).matches()) {
                return "must be sha256: and 64 hex digits in small letters";
            }
        } else if (request.mediaUpload() == null) {
            return "is the name of a file: mediaUpload has to say of which upload";
        } else if (reference.isBlank() || reference.length() > NAME_CHARACTERS_MAX) {
            return "must have 1 to " + NAME_CHARACTERS_MAX + " characters";
        }
        if (media.stream().anyMatch(file -> file.isNamed(reference, place.type()))) {
            return null;
        }
        var word = word(place.type());
        return reference.startsWith(CONTENT_MARK)
                ? "is the hash of no " + word + " that was uploaded to " + request.adAccountId()
                : "is no " + word + " of the upload " + request.mediaUpload() + " to " + request.adAccountId();
    }

    static String word(MediaType type) {
        return type == MediaType.IMAGE ? IMAGE : VIDEO;
    }

    private static List<Place> places(LaunchRequest request) {
        var places = new ArrayList<Place>();
        collect(places, "ad.creative", request.ad().creative());
        var adSets = request.variations().adSets();
        for (int i = 0; i < adSets.size(); i++) {
            var ads = adSets.get(i).ads();
            for (int j = 0; j < ads.size(); j++) {
                var own = ads.get(j).creative();
                if (own != null) {
                    collect(places, "adSets[" + i + "].ads[" + j + "].creative", own);
                }
            }
        }
        return places;
    }

    private static void collect(List<Place> places, String path, String creative) {
        if (mayName(creative)) {
            visit(CanonicalJson.MAPPER.readTree(creative), path, (object, at) -> {
                for (var type : MediaType.values()) {
                    var word = word(type);
                    if (object.path(word).isString()) {
                        places.add(new Place(at + "." + word, type, object.path(word).stringValue(),
                                already(object, type, at)));
                    }
                }
            });
        }
    }

    private static @Nullable String already(ObjectNode object, MediaType type, String at) {
        var field = CreativeFields.of(type, at).file();
        return object.has(field) ? field : null;
    }

    /** Most creatives name none, and are not read for it. */
    static boolean mayName(String creative) {
        return creative.contains("\"" + IMAGE + "\"") || creative.contains("\"" + VIDEO + "\"");
    }

    /** @param each gets every object within, with its path */
    static void visit(JsonNode node, String path, BiConsumer<ObjectNode, String> each) {
        switch (node) {
            case ObjectNode object -> {
                object.properties().forEach(field -> visit(field.getValue(), path + "." + field.getKey(), each));
                each.accept(object, path);
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    visit(array.get(i), path + "[" + i + "]", each);
                }
            }
            default -> {
            }
        }
    }
}
