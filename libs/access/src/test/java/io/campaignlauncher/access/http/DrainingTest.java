package io.campaignlauncher.access.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DrainingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void who_is_told_to_stop_sends_callers_elsewhere_before_it_goes() {
        var service = new AskedService("server.shutdown=graceful", "launch.http.drain=3s");
        assertThat(service.who(null).statusCode()).isEqualTo(200);

        var closing = CompletableFuture.runAsync(service::stop);
        await().atMost(PATIENCE).until(() -> service.who(null).statusCode() == 503);

        var answer = service.who(null);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("send the request again");
        assertThat(closing).succeedsWithin(PATIENCE);
        assertThatThrownBy(() -> service.who(null)).hasCauseInstanceOf(ConnectException.class);
        service.close();
    }

    @Test
    void one_that_is_to_go_at_once_does() {
        var service = new AskedService("server.shutdown=immediate", "launch.http.drain=10m");
        service.close();
    }
}
