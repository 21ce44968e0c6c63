package io.campaignlauncher.job.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.ListedAd;
import io.campaignlauncher.job.model.ListedAdSet;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.MediaType;
import io.campaignlauncher.job.model.RequestSample;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Creatives of any shape: what they name is written as Facebook calls it, and nothing else changes. */
class ResolvedMediaPropertyTest {

    private static final int DEPTH_MAX = 4;
    private static final List<String> FIELDS = List.of("link", "name", "message", "video_data", "link_data", "images",
            "cards", "image_crops", "{text}");
    private static final List<MediaFile> MEDIA = List.of(
            new MediaFile("a.png", MediaType.IMAGE, "cafe", null),
            new MediaFile("same", MediaType.IMAGE, "beef", null),
            new MediaFile("same", MediaType.VIDEO, "77", "https://cdn/77.jpg"),
            new MediaFile("sha256:" + "0a".repeat(32), MediaType.VIDEO, "78", "https://cdn/78.jpg"));

    @Property
    void only_what_is_named_changes(@ForAll long seed) {
        var drawn = new DrawnCreative(new Random(seed));
        var request = listing(drawn.given);

        var resolved = ResolvedMedia.in(request, MEDIA);

        assertThat(MediaReferences.of(request)).isEqualTo(drawn.named);
        assertThat(resolved).isEqualTo(listing(drawn.wanted));
        assertThat(ResolvedMedia.in(resolved, MEDIA)).isEqualTo(resolved);
        assertThat(ResolvedMedia.in(request, List.of())).isEqualTo(request);
    }

    /** As the creative of all, and as the one of an ad that is listed. */
    private static LaunchRequest listing(JsonNode creative) {
        var text = CanonicalJson.of(creative);
        return RequestSample.listed(List.of(new ListedAdSet("One", 5L, null, null, null, Map.of(),
                List.of(new ListedAd("first", text, Map.of()), new ListedAd("second", null, Map.of())))), null)
                .withAd(new AdSpec(text, Map.of("priority", "1"))).withMediaOf("summer");
    }

    /** A creative, and beside it what it is to become. */
    private static final class DrawnCreative {

        final TreeSet<String> named = new TreeSet<>();
        final ObjectNode given = CanonicalJson.MAPPER.createObjectNode();
        final ObjectNode wanted = CanonicalJson.MAPPER.createObjectNode();
        private final Random random;

        DrawnCreative(Random random) {
            this.random = random;
            fill(given, wanted, 0);
        }

        private void fill(ObjectNode object, ObjectNode becomes, int depth) {
            for (var field : FIELDS) {
                if (random.nextInt(3) == 0) {
                    var before = value(depth);
                    object.set(field, before.given);
                    becomes.set(field, before.wanted);
                }
            }
            boolean image = random.nextInt(4) == 0;
            if (random.nextInt(4) == 0) {
                var file = name(object, MediaType.VIDEO);
                becomes.put("video_id", file.facebookId());
                if (!image) {
                    becomes.put("image_url", file.thumbnailUrl());
                }
            }
            if (image) {
                becomes.put("image_hash", name(object, MediaType.IMAGE).facebookId());
            }
        }

        private MediaFile name(ObjectNode object, MediaType type) {
            var all = MEDIA.stream().filter(file -> file.type() == type).toList();
            var file = all.get(random.nextInt(all.size()));
            object.put(type == MediaType.IMAGE ? "image" : "video", file.reference());
            named.add(file.reference());
            return file;
        }

        private record Value(JsonNode given, JsonNode wanted) {}

        private Value value(int depth) {
            return switch (random.nextInt(depth < DEPTH_MAX ? 5 : 3)) {
                case 0 -> same(CanonicalJson.MAPPER.createObjectNode().numberNode(random.nextInt()));
                case 1 -> same(CanonicalJson.MAPPER.createObjectNode().stringNode("a.png"));
                case 2 -> same(CanonicalJson.MAPPER.createObjectNode().putObject("image").put("a", 1));
                case 3 -> object(depth);
                default -> array(depth);
            };
        }

        private static Value same(JsonNode value) {
            return new Value(value, value);
        }

        private Value object(int depth) {
            var object = CanonicalJson.MAPPER.createObjectNode();
            var becomes = CanonicalJson.MAPPER.createObjectNode();
            fill(object, becomes, depth + 1);
            return new Value(object, becomes);
        }

        private Value array(int depth) {
            ArrayNode array = CanonicalJson.MAPPER.createArrayNode();
            ArrayNode becomes = CanonicalJson.MAPPER.createArrayNode();
            for (int i = random.nextInt(3); i > 0; i--) {
                var item = value(depth + 1);
                array.add(item.given);
                becomes.add(item.wanted);
            }
            return new Value(array, becomes);
        }
    }
}
