package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.InMemoryCredentials;
import io.campaignlauncher.job.media.TestMedia;
import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.messaging.CredentialName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;

/** Images and chunks as large as they may be, before a Facebook that counts bytes and keeps none. */
class LargeMediaIT {

    private static final int MIB = 1024 * 1024;
    private static final int CHUNK = 16 * MIB;
    private static final long VIDEO = 200L * MIB;
    private static final String SHA256 = "0".repeat(64);

    private final DataSource dataSource = TestInfrastructure.database("large_media");
    private final InMemoryCredentials credentials = new InMemoryCredentials(Clock.systemUTC());
    private final AtomicLong read = new AtomicLong();
    private final AtomicBoolean finished = new AtomicBoolean();
    private final Sinks.Empty<Void> goOn = Sinks.empty();
    private volatile boolean holdsBack;
    private volatile long wanted;
    private DisposableServer facebook;
    private MediaService service;

    @BeforeEach
    void start() {
        new JdbcTemplate(dataSource).execute("truncate media_files");
        credentials.store(CredentialName.local("default"), "good-token").block();
        facebook = HttpServer.create().host("127.0.0.1").port(0).handle((request, response) -> response
                .header("content-type", "application/json").sendString(taken(request))).bindNow();
        service = new MediaService(dataSource, credentials, TestMedia.on(dataSource,
                URI.create("http://127.0.0.1:" + facebook.port()), TestMedia.settings("", 2, 2),
                Duration.ofSeconds(60)), Duration.ofSeconds(60));
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        facebook.disposeNow(Duration.ofSeconds(1));
        ((AutoCloseable) dataSource).close();
    }

    /** What Facebook answers once it has read a request; a small one says in its form what it is about. */
    private Mono<String> taken(HttpServerRequest request) {
        var form = new StringBuilder();
        var size = new AtomicLong();
        return (holdsBack ? goOn.asMono() : Mono.<Void>empty())
                .thenMany(Flux.defer(() -> request.receive().asByteArray()))
                .doOnNext(bytes -> {
                    if (size.addAndGet(bytes.length) <= CHUNK / 16) {
                        form.append(new String(bytes, StandardCharsets.ISO_8859_1));
                    }
                    read.addAndGet(bytes.length);
                }).then(Mono.fromSupplier(() -> answer(request.uri(), form.toString())));
    }

    private String answer(String uri, String form) {
        if (uri.contains("adimages")) {
            return "{\"images\":{\"a\":{\"hash\":\"abc\",\"width\":1,\"height\":1}}}";
        }
        if (form.startsWith("upload_phase=finish") || form.contains("&upload_phase=finish")) {
            finished.set(true);
            return "{\"success\":true}";
        }
        boolean start = form.contains("upload_phase=start");
        wanted = start ? 0 : Math.min(VIDEO, wanted + CHUNK);
        return "{\"video_id\":\"1\",\"upload_session_id\":\"2\",\"start_offset\":\"" + wanted + "\",\"end_offset\":\""
                + Math.min(VIDEO, wanted + CHUNK) + "\"}";
    }

    private void begin() {
        var begun = service.post("/v1/media/videos", Map.of("adAccountId", "act_1001", "credentialId", "default",
                "sha256", SHA256, "bytes", VIDEO));
        assertThat(begun.status()).as(begun.body()::toString).isEqualTo(201);
    }

    @Test
    void two_hundred_mebibytes_of_video_and_an_image_of_thirty_pass() {
        begin();
        var chunk = new byte[CHUNK];
        for (long offset = 0; offset < VIDEO; offset += CHUNK) {
            var answer = service.chunk("act_1001", SHA256, offset,
                    VIDEO - offset < CHUNK ? Arrays.copyOf(chunk, (int) (VIDEO - offset)) : chunk);
            assertThat(answer.status()).as(answer.body()::toString).isEqualTo(200);
        }
        assertThat(finished).isTrue();
        assertThat(read.get()).isGreaterThan(VIDEO);
        assertThat(service.image("adAccountId=act_1001&credentialId=default",
                Arrays.copyOf(HexFormat.of().parseHex("474946383961c8006400"), 30 * MIB)).status()).isEqualTo(200);
        assertThat(read.get()).isGreaterThan(VIDEO + 30L * MIB);
    }

    /** Beside what the two connections hold there is no room for it anywhere. */
    @Test
    void what_facebook_does_not_take_is_not_read_from_its_sender() throws Exception {
        begin();
        holdsBack = true;
        var sent = new AtomicLong();
        var piece = new byte[MIB / 4];
        try (var client = service.connected("PUT /v1/media/videos/act_1001/" + SHA256
                + "?credentialId=default&offset=0 HTTP/1.1\r\nHost: localhost\r\ncontent-type: video/mp4\r\n"
                + "content-length: " + CHUNK + "\r\n\r\n", new byte[0])) {
            var sending = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < CHUNK / piece.length; i++) {
                        client.getOutputStream().write(piece);
                        sent.addAndGet(piece.length);
                    }
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            Awaitility.await().during(Duration.ofSeconds(1)).atMost(MediaService.PATIENCE)
                    .until(sent::get, before -> before == sent.get());
            assertThat(sent.get()).isBetween(1L, CHUNK - 1L);
            holdsBack = false;
            goOn.tryEmitEmpty();
            sending.join();
            assertThat(new String(client.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
        }
    }
}
