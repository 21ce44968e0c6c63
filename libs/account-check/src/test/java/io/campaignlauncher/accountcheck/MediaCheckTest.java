package io.campaignlauncher.accountcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.accountcheck.model.AccountLimits;
import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphBatchAnswer;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.graph.GraphUsage;
import io.campaignlauncher.graph.PageSizes;
import io.campaignlauncher.schemas.Check;
import io.campaignlauncher.schemas.CheckOutcome;
import io.campaignlauncher.schemas.MediaFile;
import io.campaignlauncher.schemas.MediaType;
import io.campaignlauncher.schemas.PreVerificationReported;
import io.campaignlauncher.schemas.PreVerificationRequested;
import io.campaignlauncher.schemas.VerificationOutcome;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Images and videos before a launch, by an account whose answers are given. */
class MediaCheckTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final MediaFile PICTURE = new MediaFile("sha256:1", MediaType.IMAGE, "cafe", null);
    private static final MediaFile CLIP = new MediaFile("clip.mp4", MediaType.VIDEO, "77", null);

    private final Map<String, GraphResult> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void a_good_account() {
        answers.put("act_1", body("{\"account_status\":1,\"currency\":\"USD\",\"timezone_name\":\"Europe/Berlin\"}"));
        answers.put("debug_token", body("{\"data\":{\"is_valid\":true,\"scopes\":[\"ads_management\"]}}"));
        for (var edge : List.of("campaigns", "adsets", "ads")) {
            answers.put("act_1/" + edge, body("{\"data\":[],\"summary\":{\"total_count\":0}}"));
        }
        answers.put("act_1/adimages", body("{\"data\":[{\"hash\":\"cafe\"}]}"));
        answers.put("77", body("{\"status\":{\"video_status\":\"ready\"}}"));
        answers.put("77/thumbnails", body("""
                {"data":[{"uri":"https://cdn/1.jpg"},{"uri":"https://cdn/2.jpg","is_preferred":true}]}"""));
    }

    private static GraphResult body(String json) {
        return new GraphResult.Success(JsonMapper.shared().readTree(json));
    }

    private Mono<GraphBatchAnswer> answer(List<GraphOperation> operations) {
        operations.forEach(operation -> asked.add(operation.path()));
        return Mono.just(new GraphBatchAnswer(operations.stream()
                .map(operation -> answers.getOrDefault(operation.path(), body("{\"data\":[]}"))).toList(),
                GraphUsage.NONE));
    }

    private PreVerificationReported checked(int attempt, MediaFile... media) {
        return checked(attempt, null, media);
    }

    private PreVerificationReported checked(int attempt, @Nullable Instant conclusiveFrom, MediaFile... media) {
        var request = PreVerificationRequested.newBuilder().setJobId("j").setAttempt(attempt).setAdAccountId("act_1")
                .setCredentialId("c").setCampaignName("Sale").setAdSets(1).setAds(1).setMedia(List.of(media))
                .setConclusiveFrom(conclusiveFrom).build();
        var reads = new GraphReads((_, operations) -> answer(operations), 10, new PageSizes());
        return new AccountCheck(reads, AccountLimits.REGULAR, Clock.fixed(NOW, ZoneOffset.UTC))
                .of(new AccessToken("token"), request, NOW).block().report();
    }

    private static CheckOutcome outcome(PreVerificationReported report, String name) {
        return report.getChecks().stream().filter(check -> check.getName().equals(name)).findFirst()
                .map(Check::getOutcome).orElseThrow();
    }

    @Test
    void what_is_there_and_ready_lets_the_launch_begin_and_a_video_gets_the_thumbnail_that_facebook_prefers() {
        var report = checked(1, PICTURE, CLIP);

        assertThat(report.getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(outcome(report, "images_present")).isEqualTo(CheckOutcome.PASSED);
        assertThat(outcome(report, "videos_ready")).isEqualTo(CheckOutcome.PASSED);
        assertThat(report.getMedia()).containsExactly(PICTURE,
                new MediaFile("clip.mp4", MediaType.VIDEO, "77", "https://cdn/2.jpg"));
        assertThat(report.getHttpCalls()).isEqualTo(2);
    }

    @Test
    void a_launch_that_names_none_asks_for_none() {
        var report = checked(1);

        assertThat(report.getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(report.getChecks()).extracting(Check::getName).doesNotContain("images_present", "videos_ready");
        assertThat(asked).noneMatch(path -> path.contains("adimages"));
        assertThat(report.getHttpCalls()).isEqualTo(1);
    }

    @Test
    void what_is_missing_or_broken_refuses_the_launch_with_every_name() {
        answers.put("act_1/adimages", body("{\"data\":[]}"));
        answers.put("77", body("""
                {"status":{"video_status":"error","processing_phase":{"errors":[{"message":"No moov atom"}]}}}"""));
        var gone = new MediaFile("sha256:2", MediaType.VIDEO, "78", null);
        answers.put("78", body("{\"status\":{\"video_status\":\"expired\"}}"));

        var report = checked(1, PICTURE, CLIP, gone);

        assertThat(report.getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(report.getReadyAt()).isNull();
        assertThat(report.getChecks()).extracting(Check::getDetail)
                .contains("Not in the ad account, or not any more: sha256:1.",
                        "Not in the ad account, or not any more: sha256:2. Facebook cannot show clip.mp4: No moov atom.");
    }

    @Test
    void what_reads_may_not_show_yet_is_no_refusal_until_they_must_show_it() {
        answers.put("act_1/adimages", body("{\"data\":[]}"));
        answers.put("77", new GraphResult.Failure(new GraphError(GraphError.Kind.PERMANENT, false, 100, 33, 400,
                "Unsupported get request.", null, null)));

        var early = checked(1, NOW.plusSeconds(1), PICTURE, CLIP);
        assertThat(early.getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(early.getReadyAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(early.getFault().getMessage()).isEqualTo("Facebook may not show yet: sha256:1, clip.mp4");
        assertThat(outcome(early, "images_present")).isEqualTo(CheckOutcome.NOT_REACHED);
        assertThat(checked(1, NOW, PICTURE, CLIP).getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
    }

    @Test
    void a_video_that_is_encoded_is_waited_for_longer_each_time_and_not_for_ever_between() {
        answers.put("77", body("{\"status\":{\"video_status\":\"processing\"}}"));
        answers.put("77/thumbnails", body("{\"data\":[]}"));

        for (var pause : Map.of(1, 5, 2, 10, 3, 20, 4, 40, 5, 60, 100, 60).entrySet()) {
            var report = checked(pause.getKey(), PICTURE, CLIP);
            assertThat(report.getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
            assertThat(report.getReadyAt()).isEqualTo(NOW.plusSeconds(pause.getValue()));
            assertThat(report.getFault().getMessage()).isEqualTo("a video is still encoded by Facebook: clip.mp4");
            assertThat(outcome(report, "videos_ready")).isEqualTo(CheckOutcome.NOT_REACHED);
            assertThat(report.getMedia()).containsExactly(PICTURE);
        }
    }

    @Test
    void a_ready_video_without_a_thumbnail_is_not_ready_for_an_ad() {
        answers.put("77/thumbnails", body("{\"data\":[]}"));
        assertThat(checked(1, CLIP).getReadyAt()).isNotNull();

        answers.put("77/thumbnails", body("{\"data\":[{\"uri\":\"https://cdn/" + "x".repeat(1_000) + "\"}]}"));
        assertThat(checked(1, CLIP).getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
    }

    @Test
    void a_read_that_fails_is_never_a_refusal_and_a_refused_account_is_told_first() {
        var away = new GraphResult.Failure(new GraphError(GraphError.Kind.TEMPORARY, false, 2, null, 500,
                "away", null, null));
        answers.put("act_1/adimages", away);
        var report = checked(1, PICTURE);
        assertThat(report.getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(report.getReadyAt()).isNull();

        answers.put("act_1", body("{\"account_status\":2}"));
        assertThat(checked(1, PICTURE).getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
    }

    @Test
    void many_images_are_looked_up_fifty_at_a_time() {
        var many = IntStream.range(0, 120).mapToObj(i -> new MediaFile("sha256:" + i, MediaType.IMAGE, "h" + i, null))
                .toArray(MediaFile[]::new);
        assertThat(checked(1, many).getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(asked).filteredOn(path -> path.equals("act_1/adimages")).hasSize(3);
    }
}
