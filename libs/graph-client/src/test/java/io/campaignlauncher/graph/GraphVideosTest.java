package io.campaignlauncher.graph;

import static io.campaignlauncher.graph.MediaOutcomes.error;
import static io.campaignlauncher.graph.MediaOutcomes.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.graph.GraphError.Kind;
import io.campaignlauncher.sendonce.OutgoingBody;
import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.SimulatorSettings;
import io.campaignlauncher.simulator.core.EncodingEnd;
import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.GraphRules;
import io.campaignlauncher.simulator.core.StoredVideo;
import io.campaignlauncher.simulator.core.VideoRules;
import io.campaignlauncher.standin.Commit;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;

/** Against the simulated Facebook, over HTTP. */
class GraphVideosTest {

    private static final AccessToken TOKEN = new AccessToken("good-token");
    private static final String ACCOUNT = "act_1001";
    private static final int CHUNK = 1000;
    private static final int ROUNDS_MAX = 10;
    private static final MediaSettings SETTINGS = new MediaSettings(2000, CHUNK, Duration.ofMillis(700));

    private final Simulator simulator = Simulator.start(SimulatorSettings.DEFAULTS.withRules(GraphRules.DEFAULTS
            .withVideos(new VideoRules(Duration.ZERO, Duration.ofHours(1), CHUNK))));
    private final HttpGraph graph = HttpGraph.over(GraphSettings.towards(simulator.baseUrl()), null);
    private final GraphVideos videos = new GraphVideos(graph, graph, SETTINGS);
    private final byte[] film = new byte[3456];

    GraphVideosTest() {
        new Random(1).nextBytes(film);
    }

    @AfterEach
    void close() {
        graph.close();
        simulator.close();
    }

    private StartedVideo start() {
        return value(videos.start(TOKEN, ACCOUNT, film.length));
    }

    private Mono<MediaAnswer<UploadOffsets>> transfer(StartedVideo video, long offset, OutgoingBody chunk) {
        return videos.transfer(TOKEN, ACCOUNT, video.sessionId(), offset, chunk);
    }

    private byte[] part(UploadOffsets wanted) {
        return Arrays.copyOfRange(film, (int) wanted.start(), (int) wanted.end());
    }

    /**
     * Sends what Facebook asks for until it has everything, and the same again where it did not say what became of it.
     */
    private void sendAll(StartedVideo video) {
        var wanted = video.next();
        for (int round = 0; round < ROUNDS_MAX && !wanted.isComplete(); round++) {
            var answer = transfer(video, wanted.start(), Content.of(part(wanted))).block();
            if (answer.result() instanceof MediaResult.Success<UploadOffsets>(var next)) {
                wanted = next;
            }
        }
        assertThat(wanted.isComplete()).isTrue();
    }

    private StartedVideo uploaded() {
        var video = start();
        sendAll(video);
        value(videos.finish(TOKEN, ACCOUNT, video.sessionId(), "sha256:film"));
        return video;
    }

    private StoredVideo stored() {
        return simulator.world().videos(ACCOUNT).getFirst();
    }

    private VideoStatus status(StartedVideo video) {
        return value(videos.status(TOKEN, video.videoId()));
    }

    private void once(FaultTarget on, FaultEffect effect) {
        simulator.faults().add(Fault.once(on, effect));
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    static Stream<List<FaultEffect>> misfortunesOfAChunk() {
        var half = new FaultEffect.ChunkCut(50);
        return Stream.of(List.of(), List.of(FaultEffect.requestLost()), List.of(FaultEffect.replyLost()),
                List.of(FaultEffect.timeout()), List.of(half), List.of(half, FaultEffect.replyLost()),
                List.of(new FaultEffect.SilentFailure()), List.of(new FaultEffect.ServerError(Commit.never())),
                List.of(new FaultEffect.ServerError(Commit.atOnce())),
                List.of(new FaultEffect.HtmlPage(Commit.atOnce(), 502)),
                List.of(new FaultEffect.NullElement(Commit.atOnce())));
    }

    @ParameterizedTest
    @MethodSource("misfortunesOfAChunk")
    void brings_every_byte_of_a_video_over_once_whatever_becomes_of_a_chunk(List<FaultEffect> misfortune)
            throws Exception {
        misfortune.forEach(effect -> simulator.faults()
                .add(Fault.once(FaultTarget.TRANSFER_CHUNK, effect).from(2)));

        uploaded();

        assertThat(stored().received()).isEqualTo(film.length);
        assertThat(stored().sha256()).isEqualTo(sha256(film));
        assertThat(simulator.faults().list()).allSatisfy(fault -> assertThat(fault.fired()).isEqualTo(1));
    }

    @Test
    void knows_the_id_of_a_video_before_facebook_has_a_byte_of_it() {
        var video = start();

        assertThat(stored()).extracting(StoredVideo::id, StoredVideo::received).containsExactly(video.videoId(), 0L);
        assertThat(video.next()).isEqualTo(new UploadOffsets(0, CHUNK));
        assertThat(status(video)).isEqualTo(new VideoStatus(VideoStatus.State.PROCESSING, false, ""));
    }

    @Test
    void is_led_back_from_a_wrong_offset() {
        var video = start();
        var first = Arrays.copyOf(film, CHUNK);
        assertThat(value(transfer(video, 0, Content.of(first)))).isEqualTo(new UploadOffsets(1000, 2000));

        for (long wrong : new long[]{ 0, 500, 1001, 3456 }) {
            assertThat(value(transfer(video, wrong, Content.of(first)))).isEqualTo(new UploadOffsets(1000, 2000));
        }
        assertThat(stored().received()).isEqualTo(1000);
    }

    @Test
    void does_not_know_what_became_of_a_start_without_an_answer_and_finds_the_stray_in_the_library() {
        once(FaultTarget.CREATE_VIDEO, FaultEffect.replyLost());

        var error = error(videos.start(TOKEN, ACCOUNT, film.length));

        assertThat(error.outcomeUnknown()).isTrue();
        uploaded();
        var library = new GraphReads(graph, 1).read(TOKEN, List.of(GraphVideos.library(ACCOUNT))).block();
        assertThat(((GraphResult.Success) library.results().getFirst()).body().path("data").valueStream()
                .map(each -> each.path("title").asString())).containsExactlyInAnyOrder("", "sha256:film");
    }

    @Test
    void learns_from_the_status_what_became_of_a_finish_without_an_answer() {
        for (var loss : List.of(FaultEffect.requestLost(), FaultEffect.replyLost())) {
            simulator.world().clear();
            var video = start();
            sendAll(video);
            once(FaultTarget.FINISH_VIDEO, loss);

            assertThat(error(videos.finish(TOKEN, ACCOUNT, video.sessionId(), "film")).outcomeUnknown()).isTrue();

            assertThat(status(video).uploaded()).isEqualTo(loss.equals(FaultEffect.replyLost()));
            assertThat(value(videos.finish(TOKEN, ACCOUNT, video.sessionId(), "film"))).isTrue();
            assertThat(status(video).uploaded()).isTrue();
        }
    }

    @Test
    void chooses_the_thumbnail_that_facebook_prefers_once_a_video_is_ready() {
        once(FaultTarget.FINISH_VIDEO, new FaultEffect.Encoding(Duration.ofMillis(300), EncodingEnd.READY));
        var video = uploaded();
        assertThat(VideoThumbnail.best(value(videos.thumbnails(TOKEN, video.videoId())))).isEmpty();

        await().until(() -> status(video).state() == VideoStatus.State.READY);

        assertThat(VideoThumbnail.best(value(videos.thumbnails(TOKEN, video.videoId()))).orElseThrow().uri())
                .endsWith("thumbnail-1.jpg");
        var first = new VideoThumbnail("a", false);
        assertThat(VideoThumbnail.best(List.of(first, new VideoThumbnail("b", false)))).contains(first);
    }

    @Test
    void is_told_that_and_why_the_encoding_failed() {
        once(FaultTarget.FINISH_VIDEO, new FaultEffect.Encoding(Duration.ZERO, EncodingEnd.ERROR));

        var status = status(uploaded());

        assertThat(status.state()).isEqualTo(VideoStatus.State.ERROR);
        assertThat(status.why()).contains("format");
    }

    @Test
    void takes_an_expired_session_for_the_end_of_an_upload() {
        once(FaultTarget.TRANSFER_CHUNK, new FaultEffect.SessionExpired());
        var video = start();

        var error = error(transfer(video, 0, Content.of(part(video.next()))));

        assertThat(error).extracting(GraphError::kind, GraphError::outcomeUnknown, GraphError::subcode)
                .containsExactly(Kind.PERMANENT, false, 1363030);
        assertThat(status(video).state()).isEqualTo(VideoStatus.State.EXPIRED);
    }

    @Test
    void finishes_nothing_that_is_not_whole() {
        var video = start();

        assertThat(error(videos.finish(TOKEN, ACCOUNT, video.sessionId(), "film")).kind()).isEqualTo(Kind.PERMANENT);
        assertThat(error(videos.start(TOKEN, ACCOUNT, 10)).kind()).isEqualTo(Kind.PERMANENT);
    }

    @Test
    void goes_on_where_it_was_after_the_sender_of_a_chunk_left_or_fell_silent() {
        var video = start();
        var chunk = part(video.next());

        assertThat(error(transfer(video, 0, Content.torn(chunk))).outcomeUnknown()).isTrue();
        assertThat(error(transfer(video, 0, Content.stalled(chunk))).message()).contains("700 ms");
        transfer(video, 0, Content.stalled(chunk)).subscribe().dispose();

        assertThat(stored().received()).isZero();
        sendAll(video);
    }

    @Test
    void waits_for_ever_neither_for_facebook_nor_for_an_answer_without_what_it_promises() {
        once(FaultTarget.TRANSFER_CHUNK, FaultEffect.timeout());
        var video = start();
        assertThat(error(transfer(video, 0, Content.of(part(video.next())))).message()).contains("700 ms");

        var vague = new GraphVideos(Answering.graph(200, "{\"id\":\"1\"}"), Answering.graph(200, "{\"id\":\"1\"}"),
                SETTINGS);
        assertThat(error(vague.start(TOKEN, ACCOUNT, 5000)).outcomeUnknown()).isTrue();
        assertThat(error(vague.transfer(TOKEN, ACCOUNT, "1", 0, Content.of(film(10)))).outcomeUnknown()).isTrue();
        assertThat(error(vague.finish(TOKEN, ACCOUNT, "1", "film")).outcomeUnknown()).isTrue();
        assertThat(error(vague.status(TOKEN, "1")).outcomeUnknown()).isFalse();
        assertThat(error(vague.thumbnails(TOKEN, "1")).kind()).isEqualTo(Kind.TEMPORARY);
    }

    @Test
    void takes_an_error_of_a_wrong_offset_that_names_no_right_one_for_a_failure() {
        for (var data : List.of("{}", "\"none\"", "{\"start_offset\":7,\"end_offset\":3}",
                "{\"start_offset\":-1,\"end_offset\":3}")) {
            var odd = Answering.graph(400,
                    "{\"error\":{\"code\":6001,\"error_subcode\":1363037,\"error_data\":" + data + "}}");
            assertThat(error(new GraphVideos(odd, odd, SETTINGS).transfer(TOKEN, ACCOUNT, "1", 0,
                    Content.of(film(10)))).kind()).as(data).isEqualTo(Kind.TEMPORARY);
        }
        var text = Answering.graph(400, "{\"error\":{\"code\":6001,\"error_subcode\":1363037,\"error_data\":"
                + "\"{\\\"start_offset\\\":\\\"3\\\",\\\"end_offset\\\":\\\"7\\\"}\"}}");
        assertThat(value(new GraphVideos(text, text, SETTINGS).transfer(TOKEN, ACCOUNT, "1", 0, Content.of(film(10)))))
                .isEqualTo(new UploadOffsets(3, 7));
    }

    @Test
    void takes_an_unknown_word_for_the_state_of_a_video_as_such() {
        var odd = Answering.graph(200, "{\"status\":{\"video_status\":\"dreaming\"},\"id\":\"1\"}");
        assertThat(value(new GraphVideos(odd, odd, SETTINGS).status(TOKEN, "1")).state())
                .isEqualTo(VideoStatus.State.OTHER);
    }

    @Test
    void sends_nothing_that_is_out_of_bounds() {
        for (Runnable odd : List.<Runnable>of(
                () -> videos.transfer(TOKEN, ACCOUNT, "1", 0, Content.of(film(CHUNK + 1))),
                () -> videos.transfer(TOKEN, ACCOUNT, "1", 0, OutgoingBody.NONE),
                () -> videos.start(TOKEN, "1001", 5000), () -> videos.status(TOKEN, "me/accounts"),
                () -> videos.thumbnails(TOKEN, "1/comments"))) {
            assertThatThrownBy(odd::run).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(simulator.counters().calls()).isZero();
    }

    @Test
    void sends_one_form_of_known_length_with_the_token_in_its_header_alone() {
        try (var server = new GraphServer(); var client = HttpGraph.over(server.settings(), null)) {
            server.replies(GraphServer.Reply.json(200, "{\"start_offset\":\"10\",\"end_offset\":\"10\"}"));
            value(new GraphVideos(client, client, SETTINGS).transfer(TOKEN, ACCOUNT, "77", 0,
                    OutgoingBody.of("the bytes!".getBytes())));

            var seen = server.seen.getFirst();
            assertThat(seen.uri()).isEqualTo("/v24.0/act_1001/advideos");
            assertThat(seen.headers()).containsEntry("authorization", "Bearer good-token")
                    .containsEntry("content-length", "" + seen.body().length())
                    .doesNotContainKey("transfer-encoding");
            assertThat(seen.headers().get("content-type")).startsWith("multipart/form-data");
            assertThat(seen.body()).contains("name=\"upload_session_id\"\r\n\r\n77\r\n",
                    "filename=\"chunk\"\r\nContent-Type: application/octet-stream\r\n\r\nthe bytes!\r\n--")
                    .doesNotContain("good-token");
        }
    }

    @Test
    void lets_no_parameter_make_another_call_of_an_upload() {
        assertThatThrownBy(() -> graph.upload(TOKEN, "act_1001/advideos", Map.of("method", "delete"),
                new GraphFile("f", "n", MediaType.APPLICATION_OCTET_STREAM, Content.of(film(10)))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] film(int size) {
        return new byte[size];
    }
}
