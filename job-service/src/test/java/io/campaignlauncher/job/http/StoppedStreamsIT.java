package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.http.DoorConfiguration;
import io.campaignlauncher.access.http.ServerThreadsConfiguration;
import io.campaignlauncher.job.live.LiveJobs;
import io.campaignlauncher.job.live.LiveSettings;
import io.campaignlauncher.readmodel.ScriptedJob;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;

/** A service that is stopped while many follow a job, over connections of their own. */
class StoppedStreamsIT {

    private static final int FOLLOWERS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A stop that waits for a stream runs into it, long after this test has lost its patience. */
    private static final Duration STOP_MAX = Duration.ofMinutes(10);

    private static HttpApi api;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ConfigurableApplicationContext service;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({ DoorConfiguration.class, ServerThreadsConfiguration.class })
    static class ServedRoutes {

        @Bean
        RouterFunction<ServerResponse> routes() {
            return api.routes;
        }

        @Bean
        LiveJobs liveJobs() {
            return api.live;
        }

        @Bean
        WebFilter asking() {
            return api.asking();
        }
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        service.close();
    }

    private void start(String shutdown) {
        api = new HttpApi("stopped_streams_" + shutdown, HttpSettings.defaults(),
                new LiveSettings(Duration.ofMillis(20), FOLLOWERS, Duration.ofMinutes(10), Duration.ofMinutes(10)),
                LegacyRoutesSettings.none(Duration.ofMinutes(1)));
        service = new SpringApplicationBuilder(ServedRoutes.class).web(WebApplicationType.REACTIVE)
                .properties("server.address=127.0.0.1", "server.port=0", "server.shutdown=" + shutdown,
                        "spring.lifecycle.timeout-per-shutdown-phase=" + STOP_MAX, "management.health.db.enabled=false",
                        "spring.autoconfigure.exclude="
                                + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
                                + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration")
                .run();
    }

    @ParameterizedTest
    @ValueSource(strings = { "immediate", "graceful" })
    void ends_every_stream_with_the_service_and_waits_for_none(String shutdown) throws Exception {
        start(shutdown);
        var job = ScriptedJob.accepted("u", "k", 1, Instant.parse("2026-01-01T00:00:00Z"));
        api.readModel.store(List.of(job));
        var streams = new ArrayList<BufferedReader>();
        for (int i = 0; i < FOLLOWERS; i++) {
            streams.add(followed(job.jobId()));
        }
        for (var stream : streams) {
            assertThat(stream.lines().filter(line -> line.startsWith("data:")).limit(job.history().size()))
                    .hasSize(job.history().size());
        }
        assertThat(api.live.followers()).isEqualTo(FOLLOWERS);

        var stopped = CompletableFuture.runAsync(service::close);

        assertThat(stopped).succeedsWithin(PATIENCE);
        assertThat(api.live.followers()).isZero();
        for (var stream : streams) {
            assertThat(stream.lines()).as("ended, not broken off").containsOnly("");
        }
    }

    private BufferedReader followed(UUID jobId) throws Exception {
        var port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        HttpResponse<InputStream> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/jobs/" + jobId + "/stream"))
                        .build(),
                BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }
}
