package io.campaignlauncher.identity.http;

import io.campaignlauncher.identity.IdentityService;
import io.campaignlauncher.testing.TestDatabase;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An identity-service on the shared PostgreSQL, asked over HTTP from whatever address of this machine. */
final class RunningIdentity implements AutoCloseable {

    static final String PASSWORD = "tidy otter 7";
    static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final AtomicInteger NAMES = new AtomicInteger();

    final Path folder;
    final ConfigurableApplicationContext context;
    final JdbcClient sql;
    private final String database;

    /** An answer: its status, its header {@code name} by {@link #header}, its body. */
    record Answer(int status, Map<String, String> headers, String text) {

        JsonNode json() {
            return MAPPER.readTree(text);
        }

        String field(String name) {
            return json().path(name).asString();
        }

        @Nullable
        String header(String name) {
            return headers.get(name);
        }
    }

    RunningIdentity(String database, String... settings) {
        this(database, newFolder(), settings);
    }

    RunningIdentity(String database, Path folder, String... settings) {
        this.folder = folder;
        this.database = database;
        var server = TestDatabase.shared();
        var all = Stream.concat(Stream.of("server.port=0", "spring.datasource.url=" + server.createDatabase(database),
                "spring.datasource.username=" + server.username(), "spring.datasource.password=" + server.password(),
                "launch.credentials.key=" + KEY, "launch.identity.publish=false",
                "launch.identity.admin-folder=" + folder), Stream.of(settings))
                .toArray(String[]::new);
        context = IdentityService.application().properties(all).run();
        sql = JdbcClient.create(context.getBean(DataSource.class));
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("identity");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String database() {
        return database;
    }

    /** A name that nobody has yet. */
    static String newName() {
        return "user" + NAMES.incrementAndGet();
    }

    Answer post(String path, @Nullable String token, Map<String, ?> body) {
        return ask("POST", path, token, MAPPER.writeValueAsString(body), "127.0.0.1");
    }

    Answer get(String path, @Nullable String token) {
        return ask("GET", path, token, null, "127.0.0.1");
    }

    Answer ask(String method, String path, @Nullable String token, @Nullable String body, String from) {
        return asking(method, path, token, body, from).block();
    }

    Mono<Answer> asking(String method, String path, @Nullable String token, @Nullable String body, String from) {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        var client = HttpClient.newConnection().baseUrl("http://127.0.0.1:" + port)
                .bindAddress(() -> new InetSocketAddress(address(from), 0))
                .headers(headers -> {
                    if (token != null) {
                        headers.set("Authorization", "Bearer " + token);
                    }
                    if (body != null) {
                        headers.set("Content-Type", "application/json");
                    }
                })
                .request(HttpMethod.valueOf(method)).uri(path);
        var sent = body == null ? client
                : client.send(ByteBufMono.fromString(Mono.just(body), StandardCharsets.UTF_8,
                        ByteBufAllocator.DEFAULT));
        return sent.responseSingle((response, content) -> {
            var headers = new LinkedHashMap<String, String>();
            response.responseHeaders().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT),
                    header.getValue()));
            return content.asString(StandardCharsets.UTF_8).defaultIfEmpty("")
                    .map(text -> new Answer(response.status().code(), headers, text));
        });
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer logIn(String name, String password) {
        return post("/api/auth/login", null, Map.of("username", name, "password", password));
    }

    /** The access token of somebody new who registered. */
    String newAdvertiser() {
        var name = newName();
        post("/api/auth/register", null, Map.of("username", name, "password", PASSWORD));
        return logIn(name, PASSWORD).field("accessToken");
    }

    /** The name of a new user with these roles. */
    String newUser(String... roles) {
        var name = newName();
        var made = post("/api/auth/users", admin(),
                Map.of("username", name, "password", PASSWORD, "roles", List.of(roles)));
        if (made.status() != 201) {
            throw new AssertionError(made);
        }
        return name;
    }

    /** An access token of the first super_admin. */
    String admin() {
        return logIn("admin", adminPassword()).field("accessToken");
    }

    String adminPassword() {
        try {
            return Files.readString(folder.resolve("admin.password")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
