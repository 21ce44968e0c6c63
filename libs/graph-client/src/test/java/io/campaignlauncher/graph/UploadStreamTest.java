package io.campaignlauncher.graph;

import static io.campaignlauncher.graph.MediaOutcomes.error;
import static io.campaignlauncher.graph.MediaOutcomes.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.sendonce.OutgoingBody;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** What passes through of a large file where Facebook does not take all of it. */
class UploadStreamTest {

    private static final AccessToken TOKEN = new AccessToken("good-token");
    private static final int PIECE_BYTES = 64 * 1024;
    private static final int PIECES = 4_000;
    private static final int BYTES = PIECES * PIECE_BYTES;

    private final AtomicLong passed = new AtomicLong();

    private OutgoingBody large() {
        var piece = new byte[PIECE_BYTES];
        Flux<DataBuffer> pieces = Flux.range(0, PIECES).map(_ -> {
            passed.addAndGet(PIECE_BYTES);
            return DefaultDataBufferFactory.sharedInstance.wrap(piece);
        });
        return new OutgoingBody(BYTES, pieces);
    }

    private MediaAnswer<UploadOffsets> upload(
            BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> facebook) {
        var server = HttpServer.create().host("127.0.0.1").port(0).handle(facebook).bindNow();
        var address = URI.create("http://127.0.0.1:" + server.port());
        try (var graph = HttpGraph.over(GraphSettings.towards(address), null)) {
            var settings = new MediaSettings(1, BYTES, Duration.ofSeconds(2));
            return new GraphVideos(graph, graph, settings).transfer(TOKEN, "act_1", "1", 0, large()).block();
        } finally {
            server.disposeNow(Duration.ofSeconds(5));
        }
    }

    @Test
    void asks_its_sender_for_no_more_than_facebook_takes() {
        var answer = upload((_, _) -> Mono.never());

        assertThat(error(Mono.just(answer)).outcomeUnknown()).isTrue();
        assertThat(passed.get()).isPositive().isLessThan(BYTES / 4);
    }

    @Test
    void takes_an_answer_that_comes_before_everything_was_sent() {
        var refusal = "{\"error\":{\"code\":6001,\"error_subcode\":1363037,\"error_data\":"
                + "{\"start_offset\":5,\"end_offset\":9}}}";

        // Read on until the client is done: with bytes left unread the connection would be reset, and the answer with
        // it.
        var answer = upload((request, response) -> response.status(400).header("Content-Type", "application/json")
                .header("Content-Length", "" + refusal.length()).sendString(Mono.just(refusal))
                .then(request.receive().then()));

        assertThat(value(Mono.just(answer))).isEqualTo(new UploadOffsets(5, 9));
    }
}
