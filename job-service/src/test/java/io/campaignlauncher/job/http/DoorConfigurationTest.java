package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.access.http.DoorConfiguration;
import io.campaignlauncher.frontdoor.ThisMachineOnly;
import io.campaignlauncher.job.JobService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The front door stands before both servers of a job-service whose actuator has a port of its own, or neither starts. */
@ExtendWith(OutputCaptureExtension.class)
class DoorConfigurationTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(DoorConfiguration.class)
    static class ServersOnly {}

    @Configuration(proxyBeanMethods = false)
    static class TellsWhoAsks {

        @Bean
        RouterFunction<ServerResponse> whoAsks() {
            return RouterFunctions.route(RequestPredicates.GET("/who-asks"),
                    request -> ServerResponse.ok().bodyValue(request.remoteAddress().orElseThrow().getHostString()));
        }
    }

    @Test
    void stands_before_the_api_and_before_an_actuator_on_a_port_of_its_own() throws Exception {
        try (var context = servers(ServersOnly.class).properties("management.server.port=0",
                "management.server.address=127.0.0.1").run()) {
            for (var port : new String[]{ "local.server.port", "local.management.port" }) {
                int at = context.getEnvironment().getRequiredProperty(port, Integer.class);
                assertThat(asked(at, "launcher.example")).as(port).matches("(?s)HTTP/1.1 (200|404) .*")
                        .contains("x-content-type-options: nosniff");
                assertThat(asked(at, "evil.example")).as(port).startsWith("HTTP/1.1 421 ");
            }
        }
    }

    /** On Kubernetes and its like Spring Boot would believe them without being told to. */
    @ParameterizedTest
    @ValueSource(strings = { "X-Forwarded-For: 203.0.113.7", "Forwarded: for=203.0.113.7" })
    void who_asks_is_the_peer_whatever_a_header_claims(String header) throws Exception {
        try (var context = servers(ServersOnly.class, TellsWhoAsks.class)
                .properties("spring.main.cloud-platform=kubernetes").run()) {
            int at = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            assertThat(asked(at, "/who-asks", "launcher.example\r\n" + header)).endsWith("\r\n127.0.0.1");
        }
    }

    private static SpringApplicationBuilder servers(Class<?>... parts) {
        return new SpringApplicationBuilder(parts).web(WebApplicationType.REACTIVE)
                .properties("server.address=127.0.0.1", "server.port=0", "launch.http.hosts=launcher.example",
                        "management.health.db.enabled=false", "spring.autoconfigure.exclude="
                                + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
                                + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration");
    }

    @ParameterizedTest
    @ValueSource(strings = { "--server.address=0.0.0.0", "--management.server.address=::" })
    void a_start_on_another_address_ends_with_one_sentence(String argument, CapturedOutput log) {
        assertThatThrownBy(() -> JobService.application().run(argument)).isInstanceOf(ThisMachineOnly.class);
        assertThat(log.getAll()).contains(argument.substring(2, argument.indexOf('=')) + " is \"")
                .contains("until there is a log-in").doesNotContain("\tat ");
    }

    private static String asked(int port, String host) throws IOException {
        return asked(port, "/actuator/health/liveness", host);
    }

    private static String asked(int port, String path, String host) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: " + host
                    + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
