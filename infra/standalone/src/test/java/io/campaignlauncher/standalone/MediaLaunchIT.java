package io.campaignlauncher.standalone;

import static io.campaignlauncher.simulator.core.FaultTarget.FINISH_VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.simulator.core.EncodingEnd;
import io.campaignlauncher.simulator.core.Existing;
import io.campaignlauncher.simulator.core.FaultEffect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Launches that name images and videos which were uploaded before. */
@OnRunningSystem
class MediaLaunchIT {

    private static final Path BEACH = Path.of("../../docs/examples/beach.png");

    private final RunningSystem system;

    MediaLaunchIT(RunningSystem system) {
        this.system = system;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private JsonNode image(String account, byte[] content) {
        var taken = system.http().upload("/v1/media/images?adAccountId=" + account + "&credentialId="
                + RunningSystem.CREDENTIAL + "&upload=" + account + "&name=beach.png", content);
        assertThat(taken.status()).as(taken.body()::toPrettyString).isEqualTo(200);
        return taken.body();
    }

    /** @return its content's hash */
    private String video(String account, long seed) {
        var content = new byte[1_500_000];
        new Random(seed).nextBytes(content);
        var sha256 = sha256(content);
        var begun = system.http().post("/v1/media/videos", Map.of("adAccountId", account, "credentialId",
                RunningSystem.CREDENTIAL, "sha256", sha256, "bytes", content.length, "upload", account, "name",
                "spot.mp4"));
        assertThat(begun.status()).as(begun.body()::toPrettyString).isIn(200, 201);
        var state = begun.body();
        while (state.path("state").asString().equals("UPLOADING")) {
            int from = state.path("offset").asInt();
            var chunk = Arrays.copyOfRange(content, from, state.path("end").asInt());
            state = system.http().uploadChunk("/v1/media/videos/" + account + "/" + sha256 + "?offset=" + from
                    + "&credentialId=" + RunningSystem.CREDENTIAL, chunk).body();
        }
        return sha256;
    }

    private static CreateCampaign showing(String account, String creative) {
        return Requests.oneFiftyOne(account, 2).setAd(new AdSpec(creative, Map.of())).setMediaUpload(account).build();
    }

    private static String withImage(String reference) {
        return """
                {"object_story_spec":{"page_id":"1000000001","link_data":{"link":"https://example.com","image":"%s"}}}"""
                .formatted(reference);
    }

    private static String withVideo(String reference) {
        return """
                {"object_story_spec":{"page_id":"1000000001","video_data":{"video":"%s","title":"Spot",
                 "call_to_action":{"type":"LEARN_MORE","value":{"link":"https://example.com"}}}}}"""
                .formatted(reference);
    }

    private JsonNode story(Existing ad) {
        return system.facebook().read(ad.id(), "creative{object_story_spec}").path("creative")
                .path("object_story_spec");
    }

    @Test
    void every_ad_shows_the_image_that_is_named_by_its_content_or_by_its_file() throws IOException {
        var account = system.freshAccount();
        var content = Files.readAllBytes(BEACH);
        var uploaded = image(account, content);
        var hash = uploaded.path("accounts").path(0).path("hash").asString();
        assertThat(uploaded.path("sha256").asString()).isEqualTo(sha256(content));

        for (var reference : new String[]{ "sha256:" + sha256(content), "beach.png" }) {
            var request = showing(account, withImage(reference));
            assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
            assertThat(campaign(request).ads()).hasSize(2).allSatisfy(ad -> assertThat(
                    story(ad).path("link_data").path("image_hash").asString()).isEqualTo(hash));
        }
    }

    private Facebook.Campaign campaign(CreateCampaign request) {
        return system.facebook().campaigns(request.getAdAccountId()).stream()
                .filter(one -> one.itself().name().equals(request.getCampaign().getName())).findFirst().orElseThrow();
    }

    @Test
    void what_was_never_uploaded_to_the_account_is_refused_at_its_field_and_nothing_is_made() throws IOException {
        image(system.freshAccount(), Files.readAllBytes(BEACH));
        var account = system.freshAccount();
        var request = showing(account, withImage("beach.png"));

        var refused = system.post(request);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errors").path(0).path("field").asString())
                .isEqualTo("ad.creative.object_story_spec.link_data.image");
        assertThat(refused.body().path("errors").path(0).path("message").asString())
                .isEqualTo("is no image of the upload " + account + " to " + account);
        var preview = preview(request);
        assertThat(preview.path("launchable").asBoolean()).isFalse();
        assertThat(preview.path("blockers").path(0).path("field").asString())
                .isEqualTo("ad.creative.object_story_spec.link_data.image");
        assertThat(system.facebook().campaigns(account)).isEmpty();
    }

    private JsonNode preview(CreateCampaign request) {
        var body = new HashMap<>(Requests.body(request));
        return system.http().post("/v1/jobs?dryRun=true", body).body();
    }

    @Test
    void a_launch_that_begins_later_is_previewed_as_if_it_began_now() throws IOException {
        var account = system.freshAccount();
        image(account, Files.readAllBytes(BEACH));
        var request = CreateCampaign.newBuilder(showing(account, withImage("beach.png")))
                .setStartAt(Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS).toString()).build();

        var preview = preview(request);

        assertThat(preview.path("launchable").asBoolean()).as(preview::toPrettyString).isTrue();
        assertThat(preview.path("checks").findValuesAsString("name")).contains("images_present");
        assertThat(preview.path("validated").toString()).as("with what Facebook calls it").contains("ad.creative");
    }

    @Test
    void an_image_that_is_gone_from_the_account_refuses_the_launch_before_anything_is_made() throws IOException {
        var account = system.freshAccount();
        var hash = image(account, Files.readAllBytes(BEACH)).path("accounts").path(0).path("hash").asString();
        system.facebook().deleteImage(account, hash);

        var job = system.launch(showing(account, withImage("beach.png")));

        assertThat(job.path("status").asString()).isEqualTo("failed");
        assertThat(job.path("lastError").asString()).contains("Not in the ad account, or not any more: beach.png");
        assertThat(system.facebook().campaigns(account)).isEmpty();
    }

    @Test
    void a_video_is_waited_for_until_it_is_encoded_and_shown_with_the_thumbnail_that_facebook_chose() {
        var account = system.freshAccount();
        system.fault(account, FINISH_VIDEO, new FaultEffect.Encoding(Duration.ofSeconds(4), EncodingEnd.READY), 1, 1);
        var sha256 = video(account, 1);
        var request = showing(account, withVideo("sha256:" + sha256));
        assertThat(preview(request).path("notValidated").toString())
                .contains("names an image or a video that cannot be shown yet");

        var job = system.launch(request);

        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("completed");
        assertThat(job.path("retryCount").asInt()).isZero();
        assertThat(system.http().get("/v1/jobs/" + RunningSystem.jobId(request) + "/history").body().toString())
                .contains("a video is still encoded by Facebook");
        assertThat(campaign(request).ads()).hasSize(2).allSatisfy(ad -> {
            var shown = story(ad).path("video_data");
            assertThat(shown.path("video_id").asString()).matches("\\d+");
            assertThat(shown.path("image_url").asString()).startsWith("http");
        });
    }

    @Test
    void a_video_that_cannot_be_encoded_ends_the_launch_with_nothing_made() {
        var account = system.freshAccount();
        system.fault(account, FINISH_VIDEO, new FaultEffect.Encoding(Duration.ofSeconds(2), EncodingEnd.ERROR), 1, 1);
        video(account, 2);

        var job = system.launch(showing(account, withVideo("spot.mp4")));

        assertThat(job.path("status").asString()).isEqualTo("failed");
        assertThat(job.path("lastError").asString()).contains("Facebook cannot show spot.mp4");
        assertThat(system.facebook().campaigns(account)).isEmpty();
    }
}
