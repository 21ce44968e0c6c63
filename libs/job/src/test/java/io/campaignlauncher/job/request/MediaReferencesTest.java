package io.campaignlauncher.job.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.ListedAd;
import io.campaignlauncher.job.model.ListedAdSet;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.MediaType;
import io.campaignlauncher.job.model.RequestSample;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.job.model.Variations;
import io.campaignlauncher.job.model.Violation;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MediaReferencesTest {

    private static final String SHA = "sha256:" + "0a".repeat(32);
    private static final MediaFile PICTURE = new MediaFile(SHA, MediaType.IMAGE, "f00d", null);
    private static final MediaFile CLIP = new MediaFile("clip.mp4", MediaType.VIDEO, "123", "https://cdn/x.jpg");
    private static final MediaFile STILL = new MediaFile("still.png", MediaType.IMAGE, "beef", null);

    private static LaunchRequest with(String creative) {
        var plain = RequestSample.forAll(2);
        return LaunchRequests.canonical(new LaunchRequest(plain.idempotencyKey(), plain.userId(), plain.adAccountId(),
                plain.credentialId(), plain.strategy(), plain.adSetCount(), plain.adCount(), plain.pageId(),
                plain.pixelId(), plain.campaign(), plain.adSet(), new AdSpec(creative, Map.of()), plain.retryBudget(),
                plain.rollbackPolicy(), plain.duplicateName(), plain.webhook(), plain.priority()));
    }

    private static JsonNode resolved(String creative, MediaFile... media) {
        return CanonicalJson.MAPPER.readTree(ResolvedMedia.in(with(creative), List.of(media)).ad().creative());
    }

    private static JsonNode json(String text) {
        return CanonicalJson.MAPPER.readTree(text);
    }

    @Test
    void an_image_becomes_its_hash_wherever_it_is_named_and_nothing_else_changes() {
        assertThat(resolved("""
                {"object_story_spec":{"page_id":"1","link_data":{"image":"%s","link":"https://x/{text}",
                 "child_attachments":[{"image":"still.png","name":"image"},{"image_hash":"cafe"}]}}}""".formatted(SHA),
                PICTURE, STILL)).isEqualTo(json("""
                        {"object_story_spec":{"page_id":"1","link_data":{"image_hash":"f00d","link":"https://x/{text}",
                         "child_attachments":[{"image_hash":"beef","name":"image"},{"image_hash":"cafe"}]}}}"""));
    }

    @Test
    void a_video_becomes_its_id_with_the_thumbnail_that_facebook_chose_unless_the_creative_has_its_own() {
        assertThat(resolved("{\"video_data\":{\"video\":\"clip.mp4\",\"title\":\"t\"}}", CLIP)).isEqualTo(
                json("{\"video_data\":{\"video_id\":\"123\",\"image_url\":\"https://cdn/x.jpg\",\"title\":\"t\"}}"));
        assertThat(resolved("{\"video_data\":{\"video\":\"clip.mp4\",\"image_url\":\"https://own/y.jpg\"}}", CLIP))
                .isEqualTo(json("{\"video_data\":{\"video_id\":\"123\",\"image_url\":\"https://own/y.jpg\"}}"));
        assertThat(resolved("{\"video_data\":{\"video\":\"clip.mp4\",\"image\":\"still.png\"}}", CLIP, STILL))
                .isEqualTo(json("{\"video_data\":{\"video_id\":\"123\",\"image_hash\":\"beef\"}}"));
    }

    @Test
    void the_lists_of_an_asset_feed_have_words_of_their_own() {
        assertThat(resolved("""
                {"asset_feed_spec":{"images":[{"image":"still.png"}],"videos":[{"video":"clip.mp4"}]}}""", CLIP, STILL))
                .isEqualTo(json("""
                        {"asset_feed_spec":{"images":[{"hash":"beef"}],
                         "videos":[{"video_id":"123","thumbnail_url":"https://cdn/x.jpg"}]}}"""));
        assertThat(resolved("{\"asset_feed_spec\":{\"videos\":[{\"video\":\"clip.mp4\",\"image\":\"still.png\"}]}}",
                CLIP,
                STILL)).isEqualTo(json(
                        "{\"asset_feed_spec\":{\"videos\":[{\"video_id\":\"123\",\"thumbnail_hash\":\"beef\"}]}}"));
    }

    @Test
    void a_card_of_a_carousel_has_a_picture_for_the_thumbnail_of_its_video() {
        assertThat(resolved("""
                {"link_data":{"child_attachments":[{"video":"clip.mp4"},{"video":"clip.mp4","image":"still.png"},
                 {"video":"clip.mp4","picture":"https://own/y.jpg"}]}}""", CLIP, STILL)).isEqualTo(json("""
                {"link_data":{"child_attachments":[{"video_id":"123","picture":"https://cdn/x.jpg"},
                 {"video_id":"123","image_hash":"beef"},{"video_id":"123","picture":"https://own/y.jpg"}]}}"""));
    }

    @Test
    void a_creative_that_names_none_stays_as_it_is() {
        var creative = CanonicalJson
                .of("{\"link_data\":{\"name\":\"\\\"image\\\"\",\"image_hash\":\"cafe\",\"image\":{\"a\":1}}}");
        assertThat(ResolvedMedia.in(with(creative), List.of(PICTURE)).ad().creative()).isEqualTo(creative);
        assertThat(MediaReferences.of(with(creative))).isEmpty();
    }

    @Test
    void each_mistake_is_named_at_its_place() {
        var adSet = new ListedAdSet("a", 100L, null, null, null, Map.of(), List.of(
                new ListedAd("one", "{\"link_data\":{\"image\":\"still.png\"}}", Map.of()),
                new ListedAd("two", "{\"link_data\":{\"image\":\"sha256:XY\",\"video\":\"%s\"}}".formatted(SHA),
                        Map.of()),
                new ListedAd("three", "{\"link_data\":{\"image\":\"%s\",\"image_hash\":\"cafe\"}}".formatted(SHA),
                        Map.of())));
        var request = with("{\"image\":\"sha256:" + "1".repeat(64) + "\"}")
                .varied(new Variations(null, null, List.of(), List.of(), List.of(adSet), false));

        assertThat(MediaReferences.violations(request, List.of(PICTURE))).extracting(Violation::described)
                .containsExactly("ad.creative.image is the hash of no image that was uploaded to act_1001",
                        "adSets[0].ads[0].creative.link_data.image is the name of a file: mediaUpload has to say of which upload",
                        "adSets[0].ads[1].creative.link_data.image must be sha256: and 64 hex digits in small letters",
                        "adSets[0].ads[1].creative.link_data.video is the hash of no video that was uploaded to act_1001",
                        "adSets[0].ads[2].creative.link_data.image says the same as image_hash beside it: one of them has to go");
        assertThat(MediaReferences.violations(with("{\"image\":\"gone.png\"}").withMediaOf("summer"), List.of(STILL)))
                .extracting(Violation::described)
                .containsExactly("ad.creative.image is no image of the upload summer to act_1001");
        assertThat(MediaReferences.violations(with("{\"image\":\"still.png\"}").withMediaOf("summer"),
                List.of(STILL))).isEmpty();
    }

    @Test
    void a_request_has_room_for_what_its_videos_become() {
        var ads = IntStream.range(0, 50).mapToObj(i -> new ListedAd("ad " + i,
                "{\"video_data\":{\"video\":\"clip.mp4\",\"title\":\"%d\"}}".formatted(i), Map.of())).toList();
        var adSets = IntStream.range(0, 20)
                .mapToObj(i -> new ListedAdSet("set " + i, 100L, null, null, null, Map.of(), ads.stream()
                        .map(ad -> new ListedAd(i + " " + ad.name(), ad.creative().replace("\"title\":\"",
                                "\"title\":\"" + i + " "), Map.of()))
                        .toList()))
                .toList();
        var plain = with("{\"c\":1}");
        var listed = new LaunchRequest(plain.idempotencyKey(), plain.userId(), plain.adAccountId(),
                plain.credentialId(), Strategy.AS_LISTED, null, null, plain.pageId(), plain.pixelId(),
                plain.campaign(), plain.adSet(), plain.ad(), plain.retryBudget(), plain.rollbackPolicy(),
                plain.duplicateName(), plain.webhook(), plain.priority())
                .varied(new Variations(null, null, List.of(), List.of(), adSets, false)).withMediaOf("summer");

        assertThat(RequestSize.violation(listed)).hasValueSatisfying(tooLarge -> assertThat(tooLarge.message())
                .contains("with everything written out"));
        assertThat(RequestSize.violation(listed.varied(new Variations(null, null, List.of(), List.of(),
                adSets.subList(0, 10), false)))).isEmpty();
    }
}
