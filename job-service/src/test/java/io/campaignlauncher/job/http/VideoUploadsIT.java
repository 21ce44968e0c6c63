package io.campaignlauncher.job.http;

import static io.campaignlauncher.simulator.core.FaultTarget.CREATE_VIDEO;
import static io.campaignlauncher.simulator.core.FaultTarget.FINISH_VIDEO;
import static io.campaignlauncher.simulator.core.FaultTarget.READ_NODE;
import static io.campaignlauncher.simulator.core.FaultTarget.TRANSFER_CHUNK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.job.InMemoryCredentials;
import io.campaignlauncher.job.http.MediaService.Answer;
import io.campaignlauncher.job.media.TestMedia;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.MediaType;
import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.messaging.CredentialName;
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
import java.io.IOException;
import java.net.Socket;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** Videos over HTTP, with a real database, into the simulated Facebook. */
@ExtendWith(OutputCaptureExtension.class)
class VideoUploadsIT {

    private static final String ACCOUNT = "act_1001";
    private static final String TOKEN = "good-token";
    /** Of a test in which no answer is lost: the machine may be busy. */
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final int CHUNK = 1000;
    private static final int ROUNDS_MAX = 20;
    private static final InMemoryCredentials CREDENTIALS = new InMemoryCredentials(Clock.systemUTC());
    private static final byte[] FILM = film(3456);
    private static final String SHA256 = sha256(FILM);

    private static DataSource dataSource;
    private static JdbcTemplate jdbc;

    private Simulator simulator;
    private MediaService service;

    @BeforeAll
    static void database() {
        dataSource = TestInfrastructure.database("video_uploads");
        jdbc = new JdbcTemplate(dataSource);
        CREDENTIALS.store(CredentialName.local("default"), TOKEN).block();
        CREDENTIALS.store(new CredentialName("acme", "default"), TOKEN).block();
    }

    @BeforeEach
    void start() {
        jdbc.execute("truncate media_files, media_names");
        simulator = Simulator.start(SimulatorSettings.DEFAULTS.withRules(GraphRules.DEFAULTS
                .withVideos(new VideoRules(Duration.ZERO, Duration.ofHours(1), CHUNK))));
        service = instance();
    }

    private MediaService instance() {
        return instance(Duration.ofMillis(700));
    }

    /** @param answerWithin how long an answer of Facebook is waited for */
    private MediaService instance(Duration answerWithin) {
        return new MediaService(dataSource, CREDENTIALS, TestMedia.on(dataSource, simulator.baseUrl(),
                TestMedia.settings("", 2, 2), answerWithin), Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        simulator.close();
    }

    @AfterAll
    static void close() throws Exception {
        ((AutoCloseable) dataSource).close();
    }

    private static byte[] film(int bytes) {
        var film = new byte[bytes];
        new Random(7).nextBytes(film);
        return film;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void once(FaultTarget on, FaultEffect effect) {
        simulator.faults().add(Fault.once(on, effect));
    }

    private static Map<String, Object> wish() {
        return new HashMap<>(Map.of("adAccountId", ACCOUNT, "credentialId", "default", "sha256", SHA256, "bytes",
                FILM.length, "name", "spot.mp4", "upload", "summer"));
    }

    private Answer begin() {
        return service.post("/v1/media/videos", wish());
    }

    private Answer chunkAt(MediaService where, long from, long to) {
        return where.chunk(ACCOUNT, SHA256, from, Arrays.copyOfRange(FILM, (int) from, (int) to));
    }

    /** As a client does that knows no more than what the answers say. */
    private Answer sendAll() {
        var state = begin();
        for (int round = 0; round < ROUNDS_MAX && (state.status() == 503 || isUploading(state)); round++) {
            state = isUploading(state)
                    ? orAgain(chunkAt(service, offset(state), state.body().path("end").asLong()))
                    : begin();
        }
        return state;
    }

    private Answer orAgain(Answer answer) {
        return answer.status() == 503 ? begin() : answer;
    }

    private static boolean isUploading(Answer answer) {
        return answer.text("state").equals("UPLOADING");
    }

    private static long offset(Answer answer) {
        return answer.body().path("offset").asLong();
    }

    private StoredVideo stored() {
        return simulator.world().videos(ACCOUNT).getFirst();
    }

    private Answer where() {
        return service.get("/v1/media/videos/" + ACCOUNT + "/" + SHA256);
    }

    private void becomes(String state) {
        await().until(() -> where().text("state").equals(state));
    }

    private void assertWhole() {
        assertThat(simulator.world().videos(ACCOUNT)).hasSize(1);
        assertThat(stored().sha256()).isEqualTo(SHA256);
        assertThat(stored().title()).isEqualTo("sha256:" + SHA256);
        becomes("READY");
        assertThat(jdbc.queryForList("select facebook_id from media_files", String.class))
                .containsExactly(stored().id());
    }

    @Test
    void a_video_is_begun_sent_in_chunks_and_ready_in_the_end() {
        var begun = begin();
        assertThat(begun.status()).isEqualTo(201);
        assertThat(begun.headers()).containsKey("location");
        assertThat(begun.text("state")).isEqualTo("UPLOADING");
        assertThat(begun.body().path("end").asLong()).isEqualTo(CHUNK);
        assertThat(begin().status()).as("the same again").isEqualTo(200);

        var smaller = chunkAt(service, 0, 300);
        assertThat(smaller.status()).isEqualTo(200);
        assertThat(offset(smaller)).isEqualTo(300);
        assertThat(service.media.files.find("local", ACCOUNT, "summer", List.of("spot.mp4"))).isEmpty();

        var done = sendAll();
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.text("state")).isIn("PROCESSING", "READY");
        assertWhole();
        assertThat(service.media.files.find("local", ACCOUNT, "summer", List.of("spot.mp4"))).containsExactly(
                new MediaFile("spot.mp4", MediaType.VIDEO, stored().id(), null));
        assertThat(begin().text("state")).as("and is not started again").isEqualTo("READY");
        assertThat(simulator.world().videos(ACCOUNT)).hasSize(1);
    }

    static Stream<List<FaultEffect>> misfortunesOfAChunk() {
        var half = new FaultEffect.ChunkCut(50);
        return Stream.of(List.of(FaultEffect.requestLost()), List.of(FaultEffect.replyLost()),
                List.of(FaultEffect.timeout()), List.of(half), List.of(half, FaultEffect.replyLost()),
                List.of(new FaultEffect.ChunkCut(0)), List.of(new FaultEffect.SilentFailure()),
                List.of(new FaultEffect.ServerError(Commit.never())),
                List.of(new FaultEffect.ServerError(Commit.atOnce())),
                List.of(new FaultEffect.HtmlPage(Commit.atOnce(), 502)),
                List.of(new FaultEffect.NullElement(Commit.atOnce())));
    }

    @ParameterizedTest
    @MethodSource("misfortunesOfAChunk")
    void whatever_becomes_of_a_chunk_facebook_gets_every_byte_once(List<FaultEffect> misfortune) {
        misfortune.forEach(effect -> simulator.faults().add(Fault.once(TRANSFER_CHUNK, effect).from(2)));

        sendAll();

        assertWhole();
        assertThat(simulator.faults().list()).allSatisfy(fault -> assertThat(fault.fired()).isEqualTo(1));
    }

    static Stream<FaultEffect> lostAnswers() {
        return Stream.of(FaultEffect.requestLost(), FaultEffect.replyLost(), FaultEffect.timeout(),
                new FaultEffect.HtmlPage(Commit.atOnce(), 502), new FaultEffect.SilentFailure());
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void facebook_hears_once_that_it_has_every_byte_whatever_becomes_of_that(FaultEffect loss) {
        once(FINISH_VIDEO, loss);

        sendAll();
        becomes("READY");

        assertWhole();
        assertThat(simulator.faults().list()).allSatisfy(fault -> assertThat(fault.fired()).isEqualTo(1));
    }

    @Test
    void a_start_whose_answer_is_lost_is_asked_for_again_and_the_row_knows_the_second_one_alone() {
        once(CREATE_VIDEO, FaultEffect.replyLost());
        var lost = begin();
        assertThat(lost.status()).isEqualTo(503);
        assertThat(lost.headers()).containsKey("retry-after");

        assertThat(begin().status()).isEqualTo(201);
        assertThat(simulator.world().videos(ACCOUNT)).hasSize(2);
        sendAll();
        becomes("READY");
        assertThat(simulator.world().videos(ACCOUNT)).extracting(StoredVideo::received).containsExactlyInAnyOrder(0L,
                (long) FILM.length);
    }

    @Test
    void a_start_that_facebook_refuses_leaves_no_row() {
        var small = wish();
        small.put("bytes", 100);
        assertThat(service.post("/v1/media/videos", small).status()).isEqualTo(422);
        assertThat(where().status()).isEqualTo(404);
        assertThat(begin().status()).as("another length is no obstacle then").isEqualTo(201);
        assertThat(service.post("/v1/media/videos", small).status()).isEqualTo(409);
    }

    @Test
    void many_who_begin_at_once_in_two_instances_make_one_video() throws Exception {
        try (var one = instance(PATIENT); var other = instance(PATIENT)) {
            var answers = Stream.iterate(0, i -> i + 1).limit(12).map(i -> (i % 2 == 0 ? one : other)
                    .sending("POST", "/v1/media/videos", "application/json",
                            tools.jackson.databind.json.JsonMapper.shared().writeValueAsBytes(wish())))
                    .toList().stream().map(sent -> sent.join().status()).toList();
            assertThat(answers).containsOnlyOnce(201).allMatch(status -> Set.of(200, 201, 503).contains(status));
        }
        assertThat(simulator.world().videos(ACCOUNT)).hasSize(1);
    }

    @Test
    void a_wrong_offset_and_more_than_is_wanted_are_told_where_to_go_on() {
        begin();
        chunkAt(service, 0, CHUNK);
        for (var wrong : new long[][]{ { 0, 1000 }, { 500, 600 }, { 2000, 2500 }, { 1000, 2001 } }) {
            var answer = chunkAt(service, wrong[0], wrong[1]);
            assertThat(answer.status()).isEqualTo(409);
            assertThat(offset(answer)).isEqualTo(1000);
            assertThat(answer.body().path("end").asLong()).isEqualTo(2000);
        }
        assertThat(simulator.counters().operations()).containsEntry(TRANSFER_CHUNK, 1L);
        assertThat(service.chunk(ACCOUNT, "0".repeat(64), 0, new byte[10]).status()).isEqualTo(404);
        assertThat(service.chunk(ACCOUNT, SHA256, 1000, new byte[0]).status()).isEqualTo(400);
        assertThat(service.chunk("act_x", SHA256, 1000, new byte[10]).status()).isEqualTo(400);
    }

    private Socket half(MediaService where, long offset) throws IOException {
        return where.connected("PUT /v1/media/videos/" + ACCOUNT + "/" + SHA256 + "?credentialId=default&offset="
                + offset + " HTTP/1.1\r\nHost: localhost\r\ncontent-type: video/mp4\r\ncontent-length: 1000\r\n\r\n",
                Arrays.copyOfRange(FILM, (int) offset, (int) offset + 400));
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private double taken() {
        return service.media.meters.get("launch.media.places").tag("type", "video").gauge().value();
    }

    @Test
    void a_client_that_leaves_in_the_middle_goes_on_where_it_was(CapturedOutput log) throws Exception {
        begin();
        chunkAt(service, 0, CHUNK);
        reset(half(service, 1000));
        await().until(() -> taken() == 0 && !leased());

        assertThat(offset(where())).isEqualTo(1000);
        assertThat(stored().received()).isEqualTo(1000);
        sendAll();
        assertWhole();
        assertThat(log.getAll()).doesNotContain("ERROR").doesNotContain("\tat ").doesNotContain("LEAK")
                .doesNotContain(TOKEN);
    }

    private boolean leased() {
        return jdbc.queryForObject("select lease is not null from media_files", Boolean.class);
    }

    @Test
    void one_chunk_is_on_its_way_at_a_time_and_another_instance_goes_on_once_its_sender_is_gone() throws Exception {
        begin();
        try (var other = instance()) {
            var slow = half(service, 0);
            await().until(this::leased);
            var second = chunkAt(other, 0, CHUNK);
            assertThat(second.status()).isEqualTo(409);
            assertThat(offset(second)).isZero();
            reset(slow);
            await().until(() -> chunkAt(other, 0, CHUNK).status() == 200);
        }
        assertThat(offset(begin())).isEqualTo(1000);
        sendAll();
        assertWhole();
    }

    /** A process that is killed gives nothing back. */
    @Test
    void the_lease_of_an_instance_that_died_comes_to_its_end() {
        begin();
        jdbc.update("update media_files set lease = ?, leased_until = now() + interval '500 ms'", UUID.randomUUID());
        assertThat(chunkAt(service, 0, CHUNK).status()).isEqualTo(409);
        await().until(() -> chunkAt(service, 0, CHUNK).status() == 200);

        jdbc.update("update media_files set state = 'STARTING', facebook_id = null, session_id = null, lease = ?,"
                + " leased_until = now() + interval '500 ms'", UUID.randomUUID());
        assertThat(begin().status()).isEqualTo(503);
        await().until(() -> begin().status() == 201);
    }

    @Test
    void places_are_bounded_and_free_again_when_a_sender_leaves() throws Exception {
        begin();
        var slow = half(service, 0);
        await().until(() -> taken() == 1);
        var other = wish();
        other.put("adAccountId", "act_2001");
        service.post("/v1/media/videos", other);
        var slower = service.connected("PUT /v1/media/videos/act_2001/" + SHA256 + "?credentialId=default&offset=0"
                + " HTTP/1.1\r\nHost: localhost\r\ncontent-type: video/mp4\r\ncontent-length: 1000\r\n\r\n",
                new byte[10]);
        await().until(() -> taken() == 2);
        var busy = chunkAt(service, 0, CHUNK);
        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.headers()).containsKey("retry-after");
        reset(slow);
        reset(slower);
        await().until(() -> taken() == 0);
    }

    @Test
    void what_cannot_be_encoded_says_why_and_may_be_begun_anew_under_its_name() {
        once(FINISH_VIDEO, new FaultEffect.Encoding(Duration.ZERO, EncodingEnd.ERROR));
        sendAll();
        becomes("ERROR");
        assertThat(where().text("problem")).contains("format that we don't support");
        assertThat(service.media.files.find("local", ACCOUNT, "summer", List.of("spot.mp4"))).isEmpty();
        assertThat(chunkAt(service, 0, CHUNK).status()).isEqualTo(409);

        assertThat(begin().status()).isEqualTo(201);
        sendAll();
        becomes("READY");
        assertThat(simulator.world().videos(ACCOUNT)).hasSize(2);
    }

    @Test
    void an_upload_that_facebook_gave_up_is_begun_anew() {
        begin();
        chunkAt(service, 0, CHUNK);
        once(TRANSFER_CHUNK, new FaultEffect.SessionExpired());
        var over = chunkAt(service, 1000, 2000);
        assertThat(over.status()).isEqualTo(409);
        assertThat(over.text("state")).isEqualTo("EXPIRED");

        assertThat(begin().status()).isEqualTo(201);
        assertThat(offset(where())).isZero();
        sendAll();
        becomes("READY");
    }

    @Test
    void a_video_that_is_gone_from_facebook_is_begun_anew() {
        sendAll();
        becomes("READY");
        once(READ_NODE, new FaultEffect.Refused(400, 100, 33, "Unsupported get request. Object does not exist"));
        await().until(() -> begin().status() == 201);
        assertThat(simulator.world().videos(ACCOUNT)).hasSize(2);
    }

    @Test
    void while_it_is_encoded_facebook_is_asked_and_a_credential_that_is_gone_leaves_what_is_known() {
        once(FINISH_VIDEO, new FaultEffect.Encoding(Duration.ofHours(1), EncodingEnd.READY));
        sendAll();
        assertThat(where().text("state")).isEqualTo("PROCESSING");
        assertThat(service.media.files.find("local", ACCOUNT, null, List.of("sha256:" + SHA256))).hasSize(1);
        long calls = simulator.counters().calls();
        jdbc.update("update media_files set credential_id = 'gone'");
        assertThat(where().text("state")).isEqualTo("PROCESSING");
        assertThat(simulator.counters().calls()).isEqualTo(calls);
    }

    @Test
    void a_video_of_another_tenant_is_not_there() {
        begin();
        service.asking = new Principal("acme", "ann", "ann", Set.of(Role.ADVERTISER),
                new Principal.Session(new UUID(1, 1)));
        assertThat(where().status()).isEqualTo(404);
        assertThat(chunkAt(service, 0, CHUNK).status()).isEqualTo(404);
        assertThat(begin().status()).as("theirs is one of its own").isEqualTo(201);
        assertThat(offset(where())).isZero();
    }

    @Test
    void every_mistake_of_a_wish_is_told_and_a_name_stands_for_one_content() {
        var wrong = wish();
        wrong.put("adAccountId", "1001");
        wrong.put("sha256", "ABC");
        wrong.put("bytes", 0);
        wrong.put("more", 1);
        assertThat(service.post("/v1/media/videos", wrong).body().path("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("adAccountId", "sha256", "bytes", "more");
        begin();
        var other = wish();
        other.put("sha256", "0".repeat(64));
        assertThat(service.post("/v1/media/videos", other).status()).isEqualTo(409);
        assertThat(jdbc.queryForObject("select count(*) from media_files", Integer.class)).isEqualTo(1);
        assertThat(simulator.world().videos(ACCOUNT)).hasSize(1);
    }

    @Test
    void old_names_and_uploads_that_nobody_went_on_with_are_forgotten_and_all_else_stays() {
        sendAll();
        becomes("READY");
        jdbc.update("update media_files set changed_at = now() - interval '31 days'");
        var other = wish();
        other.put("adAccountId", "act_2001");
        service.post("/v1/media/videos", other);
        service.media.old.purge();
        assertThat(jdbc.queryForObject("select count(*) from media_files", Integer.class)).isEqualTo(2);

        jdbc.update("update media_files set changed_at = now() - interval '31 days'");
        jdbc.update("update media_names set named_at = now() - interval '91 days'");
        service.media.old.purge();
        assertThat(jdbc.queryForList("select ad_account_id from media_files", String.class)).containsExactly(ACCOUNT);
        assertThat(jdbc.queryForObject("select count(*) from media_names", Integer.class)).isZero();
    }
}
