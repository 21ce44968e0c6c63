package io.campaignlauncher.job.http;

import static io.campaignlauncher.simulator.core.FaultTarget.CREATE_IMAGE;
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
import io.campaignlauncher.messaging.NewCredential;
import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.SimulatorSettings;
import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.StoredImage;
import io.campaignlauncher.standin.Commit;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** Images over HTTP, with a real database, into the simulated Facebook. */
@ExtendWith(OutputCaptureExtension.class)
class ImageUploadsIT {

    private static final String TOKEN = "good-token";
    private static final int MIB = 1024 * 1024;
    private static final String GIF = "474946383961c8006400";
    private static final String INTO_ONE = "adAccountId=act_1001&credentialId=default";
    private static final String INTO_TWO = "adAccountId=act_1001&adAccountId=act_2001&credentialId=default";

    private static DataSource dataSource;
    private static final InMemoryCredentials CREDENTIALS = new InMemoryCredentials(Clock.systemUTC());
    private static JdbcTemplate jdbc;

    @TempDir
    private Path folder;
    private Simulator simulator;
    private MediaService service;

    @BeforeAll
    static void database() {
        dataSource = TestInfrastructure.database("image_uploads");
        jdbc = new JdbcTemplate(dataSource);
        CREDENTIALS.store(CredentialName.local("default"), TOKEN).block();
        CREDENTIALS.store(new CredentialName("acme", "default"), TOKEN).block();
        CREDENTIALS.store(new NewCredential(CredentialName.local("one"), TOKEN, "x", "x", Set.of("act_1001"), null,
                null)).block();
    }

    @BeforeEach
    void start() {
        jdbc.execute("truncate media_files, media_names");
        simulator = Simulator.start(SimulatorSettings.DEFAULTS);
        service = service(2, Duration.ofSeconds(20), Duration.ofSeconds(20));
    }

    private MediaService service(int places, Duration bodyPatience, Duration answerWithin) {
        return new MediaService(dataSource, CREDENTIALS, TestMedia.on(dataSource, simulator.baseUrl(),
                TestMedia.settings(folder.toString(), places, places), answerWithin), bodyPatience);
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        simulator.close();
        assertThat(files()).as("no file is left").isEmpty();
    }

    @AfterAll
    static void close() throws Exception {
        ((AutoCloseable) dataSource).close();
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static byte[] picture(String begin, int size) {
        return Arrays.copyOf(HexFormat.of().parseHex(begin), size);
    }

    private static byte[] gif(int size) {
        return picture(GIF, size);
    }

    private List<StoredImage> at(String adAccountId) {
        return simulator.world().images(adAccountId);
    }

    private long uploads() {
        return simulator.counters().operations().getOrDefault(CREATE_IMAGE, 0L);
    }

    private void once(FaultEffect effect) {
        simulator.faults().add(Fault.once(CREATE_IMAGE, effect));
    }

    private int rows() {
        return jdbc.queryForObject("select count(*) from media_files", Integer.class);
    }

    @ParameterizedTest
    @CsvSource({ "474946383961c8006400,image/gif",
        "89504e470d0a1a0a0000000d49484452000000c80000006408060000,image/png",
        "ffd8ffe000104a46494600010100000100010000ffc0001108006400c803,image/jpeg",
        "524946461a000000574542505650384c0d0000002fc7c01800,image/webp" })
    void each_type_is_told_by_its_content(String begin, String type) {
        var answer = service.image(INTO_ONE + "&name=any.txt", picture(begin, 700));

        assertThat(answer.status()).as(answer.body()::toString).isEqualTo(200);
        assertThat(answer.text("type")).isEqualTo(type);
        assertThat(answer.body().path("bytes").asInt()).isEqualTo(700);
        assertThat(answer.text("accounts", "0", "hash")).isEqualTo(at("act_1001").getFirst().hash());
        assertThat(at("act_1001").getFirst().name()).isEqualTo("any.txt");
    }

    @ParameterizedTest
    @CsvSource({ "beach.jpg is a text,text", "%PDF-1.7 and more,a PDF", "<!DOCTYPE html><html>,text/html" })
    void what_is_no_image_is_refused_whatever_it_is_called(String content, String looksLike) {
        var answer = service.image(INTO_ONE + "&name=beach.jpg", content.getBytes(StandardCharsets.US_ASCII));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.text("detail")).contains("looks like " + looksLike + ".");
        assertThat(simulator.counters().calls()).isZero();
        assertThat(rows()).isZero();
    }

    @Test
    void thirty_mebibytes_are_taken_and_one_byte_more_is_not() {
        assertThat(service.image(INTO_ONE, gif(30 * MIB + 1)).status()).isEqualTo(413);
        assertThat(simulator.counters().calls()).isZero();

        assertThat(service.image(INTO_ONE, gif(30 * MIB)).status()).isEqualTo(200);
        assertThat(at("act_1001").getFirst().bytes()).isEqualTo(30 * MIB);
    }

    @Test
    void a_body_without_a_length_or_packed_or_of_a_type_that_pages_send_is_refused() throws IOException {
        var head = "POST /v1/media/images?" + INTO_ONE + " HTTP/1.1\r\nHost: localhost\r\n";
        for (var odd : List.of("411 content-type: image/gif\r\ntransfer-encoding: chunked",
                "415 content-type: image/gif\r\ncontent-encoding: gzip\r\ncontent-length: 10",
                "415 content-type: text/plain\r\ncontent-length: 10",
                "415 content-type: video/mp4\r\ncontent-length: 10",
                "415 content-type: application/json\r\ncontent-length: 10",
                "400 content-type: image/gif\r\ncontent-length: 0")) {
            try (var socket = service.connected(head + odd.substring(4) + "\r\nconnection: close\r\n\r\n",
                    new byte[0])) {
                assertThat(statusOf(socket)).as(odd).startsWith("HTTP/1.1 " + odd.substring(0, 3));
            }
        }
        assertThat(simulator.counters().calls()).isZero();
    }

    private static String statusOf(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }

    @Test
    void an_account_that_refuses_keeps_the_image_from_no_other() {
        simulator.faults().add(Fault.always(CREATE_IMAGE, new FaultEffect.Refused(400, 100, 1487197,
                "Error processing image")).inAccount("act_2001"));

        var answer = service.image(INTO_TWO, gif(500));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("accounts", "0", "hash")).isEqualTo(at("act_1001").getFirst().hash());
        assertThat(answer.text("accounts", "1", "adAccountId")).isEqualTo("act_2001");
        assertThat(answer.text("accounts", "1", "error", "kind")).isEqualTo("permanent");
        assertThat(answer.text("accounts", "1", "error", "message")).contains("Error processing image");
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void where_no_account_has_it_the_status_says_whether_to_send_it_again() {
        simulator.faults().add(Fault.always(CREATE_IMAGE, new FaultEffect.Refused(400, 100, 1487197, "Error")));
        var refused = service.image(INTO_TWO, gif(500));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("errors", "1", "field")).isEqualTo("act_2001");

        simulator.faults().clear();
        simulator.faults().add(Fault.always(CREATE_IMAGE, new FaultEffect.ServerError(Commit.never())));
        var unavailable = service.image(INTO_ONE, gif(500));
        assertThat(unavailable.status()).isEqualTo(503);
        assertThat(unavailable.headers()).containsKey("retry-after");
        assertThat(uploads()).as("tried again within a bound").isEqualTo(2 + 3);
        assertThat(rows()).isZero();
    }

    @Test
    void the_same_picture_again_is_not_sent_again_unless_facebook_has_lost_it() {
        var first = service.image(INTO_ONE, gif(500));
        var second = service.image(INTO_TWO, gif(500));

        assertThat(second.text("accounts", "0", "hash")).isEqualTo(first.text("accounts", "0", "hash"));
        assertThat(uploads()).as("once for each account").isEqualTo(2);

        once(new FaultEffect.SilentFailure());
        var other = service.image(INTO_ONE, gif(600));
        assertThat(at("act_1001")).hasSize(1);
        assertThat(service.image(INTO_ONE, gif(600)).text("accounts", "0", "hash"))
                .isEqualTo(other.text("accounts", "0", "hash"));
        assertThat(at("act_1001")).hasSize(2);
    }

    @Test
    void the_same_picture_many_times_at_once_is_one_row_and_one_picture() throws Exception {
        try (var many = service(20, Duration.ofSeconds(20), Duration.ofSeconds(20))) {
            var answers = Stream.generate(() -> many.sending("POST", "/v1/media/images?" + INTO_TWO
                    + "&name=a.gif&upload=summer", "image/gif", gif(500))).limit(10).toList().stream()
                    .map(sent -> sent.join()).toList();

            assertThat(answers).extracting(Answer::status).containsOnly(200);
            assertThat(answers).extracting(answer -> answer.body().path("accounts").toString()).containsOnly(
                    answers.getFirst().body().path("accounts").toString());
        }
        assertThat(rows()).isEqualTo(2);
        assertThat(at("act_1001")).hasSize(1);
        assertThat(at("act_2001")).hasSize(1);
    }

    static Stream<FaultEffect> losses() {
        return Stream.of(FaultEffect.requestLost(), FaultEffect.replyLost(),
                new FaultEffect.HtmlPage(Commit.atOnce(), 502), new FaultEffect.NullElement(Commit.atOnce()),
                FaultEffect.imageNotFetched(), FaultEffect.timeout());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void an_answer_that_is_lost_is_asked_for_again(FaultEffect loss) throws Exception {
        try (var quick = service(2, Duration.ofSeconds(20), Duration.ofMillis(700))) {
            once(loss);
            var answer = quick.image(INTO_ONE, gif(500));

            assertThat(answer.status()).as(answer.body()::toString).isEqualTo(200);
            assertThat(simulator.counters().calls()).isEqualTo(2);
            assertThat(at("act_1001")).extracting(StoredImage::hash)
                    .containsExactly(answer.text("accounts", "0", "hash"));
            assertThat(rows()).isEqualTo(1);
        }
    }

    @Test
    void a_name_stands_for_one_content_within_an_upload_as_long_as_any_account_has_that() {
        var summer = INTO_ONE + "&name=beach.gif&upload=summer";
        once(new FaultEffect.Refused(400, 100, 1487197, "Error"));
        assertThat(service.image(summer, gif(400)).status()).as("stands for nothing").isEqualTo(422);
        var beach = service.image(summer, gif(500));
        assertThat(service.image(summer, gif(500)).status()).isEqualTo(200);

        var taken = service.image(summer, gif(600));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(at("act_1001")).hasSize(1);
        assertThat(service.image(summer.replace("summer", "winter"), gif(600)).status()).isEqualTo(200);

        var sha256 = "sha256:" + beach.text("sha256");
        var hash = beach.text("accounts", "0", "hash");
        var found = service.media.files.find("local", "act_1001", "summer",
                List.of("beach.gif", "other.gif", sha256, "sha256:" + "0".repeat(64)));
        assertThat(found).containsExactlyInAnyOrder(new MediaFile("beach.gif", MediaType.IMAGE, hash, null),
                new MediaFile(sha256, MediaType.IMAGE, hash, null));
        assertThat(service.media.files.find("local", "act_1001", null, List.of("beach.gif"))).isEmpty();
        assertThat(service.media.files.find("local", "act_2001", "summer", List.of("beach.gif"))).isEmpty();
        assertThat(service.media.files.find("acme", "act_1001", "summer", List.of("beach.gif", sha256))).isEmpty();
    }

    @Test
    void every_mistake_is_told_at_once_before_a_byte_is_taken() {
        var answer = service.image("adAccountId=1001&credentialId=default&upload=summer&name=a%00b", gif(500));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errors").findValuesAsString("field")).containsExactly("name", "adAccountId");

        assertThat(service.image("adAccountId=act_1&credentialId=none", gif(500)).text("errors", "0", "field"))
                .isEqualTo("credentialId");
        assertThat(service.image("adAccountId=act_1001&adAccountId=act_2&credentialId=one", gif(500))
                .text("errors", "0", "field")).isEqualTo("adAccountId");
        assertThat(service.image(INTO_ONE + "&upload=summer", gif(500)).text("errors", "0", "field"))
                .isEqualTo("name");
        assertThat(simulator.counters().calls()).isZero();
    }

    @Test
    void whoever_sends_slowly_holds_up_nobody_and_their_place_is_free_again(CapturedOutput log) throws Exception {
        var head = "POST /v1/media/images?" + INTO_ONE + " HTTP/1.1\r\nHost: localhost\r\n"
                + "content-type: image/gif\r\ncontent-length: 5000\r\n\r\n";
        try (var slow = service.connected(head, gif(100))) {
            await().until(() -> taken("image") == 1);
            assertThat(service.image(INTO_ONE, gif(500)).status()).isEqualTo(200);
            var slower = service.connected(head, gif(100));
            await().until(() -> taken("image") == 2);
            var busy = service.image(INTO_ONE, gif(500));
            assertThat(busy.status()).isEqualTo(503);
            assertThat(busy.headers()).containsKey("retry-after");
            slower.setSoLinger(true, 0);
            slower.close();
            await().until(() -> taken("image") == 1);
            assertThat(service.image(INTO_ONE, gif(500)).status()).isEqualTo(200);
            slow.setSoLinger(true, 0);
        }
        await().until(() -> taken("image") == 0);
        assertThat(rows()).isEqualTo(1);
        assertThat(service.media.meters.get("launch.media.uploads").tag("type", "image").tag("outcome", "failed")
                .counter().count()).as("nobody was asked to take a part of an image").isZero();
        assertThat(log.getAll()).doesNotContain("ERROR").doesNotContain("\tat ").doesNotContain("LEAK");
    }

    private double taken(String type) {
        return service.media.meters.get("launch.media.places").tag("type", type).gauge().value();
    }

    @Test
    void half_an_image_whose_sender_is_too_slow_is_given_up() throws Exception {
        try (var impatient = service(2, Duration.ofMillis(300), Duration.ofSeconds(20));
                var slow = impatient.connected("POST /v1/media/images?" + INTO_ONE
                        + " HTTP/1.1\r\nHost: localhost\r\ncontent-type: image/gif\r\ncontent-length: 5000\r\n\r\n",
                        gif(100))) {
            assertThat(statusOf(slow)).isEqualTo("HTTP/1.1 408");
        }
        assertThat(simulator.counters().calls()).isZero();
    }

    @Test
    void each_sees_the_media_of_their_tenant_page_by_page_and_the_audit_says_who_sent_what(CapturedOutput log) {
        var before = jdbc.queryForObject("select coalesce(max(audit_id), 0) from audit", Long.class);
        for (int size = 500; size < 505; size++) {
            service.image(INTO_ONE + "&name=" + size + ".gif", gif(size));
        }
        service.image("adAccountId=act_2001&credentialId=default", gif(500));

        var page = service.get("/v1/media?adAccountId=act_1001&limit=3");
        assertThat(page.body().path("media").findValuesAsString("name")).containsExactly("504.gif", "503.gif",
                "502.gif");
        var next = service.get("/v1/media?adAccountId=act_1001&limit=3&after=" + page.body().path("next").asLong());
        assertThat(next.body().path("media").findValuesAsString("name")).containsExactly("501.gif", "500.gif");
        assertThat(next.body().path("next").isNull()).isTrue();
        assertThat(service.get("/v1/media").body().path("media")).hasSize(6);
        assertThat(service.get("/v1/media?adAccountId=x").status()).isEqualTo(400);

        service.asking = new Principal("acme", "ann", "ann", Set.of(Role.ADVERTISER),
                new Principal.Session(new UUID(1, 1)));
        assertThat(service.get("/v1/media").body().path("media")).isEmpty();
        assertThat(service.image(INTO_ONE, gif(500)).status()).isEqualTo(200);
        assertThat(service.get("/v1/media").body().path("media")).hasSize(1);

        var lines = jdbc.queryForList("select action || ' ' || subject || ' ' || outcome from audit"
                + " where audit_id > ?", String.class, before);
        assertThat(lines).hasSize(2 * 7).allSatisfy(line -> assertThat(line).startsWith("media.upload image "))
                .anySatisfy(line -> assertThat(line).endsWith(" ok: act_2001"));
        assertThat(log.getAll()).doesNotContain(TOKEN);
        assertThat(jdbc.queryForList("select f::text from media_files f", String.class)).noneMatch(row -> row
                .contains(TOKEN));
    }
}
