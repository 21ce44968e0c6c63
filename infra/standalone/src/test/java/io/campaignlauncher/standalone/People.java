package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** People who log in, each with a name of their own. */
final class People {

    static final String PASSWORD = "tidy otter 7";

    private final HttpApi http;
    private final Path folder;

    People(Standalone system) {
        http = new HttpApi(system.api());
        folder = system.folder();
    }

    /** @param name as they log in, with the password of all @param http as they ask with their access token */
    record Person(String userId, String name, HttpApi http) {}

    /** Somebody who has registered: advertiser and publisher. */
    Person registered() {
        var name = "u-" + UUID.randomUUID();
        var made = ok(http.post("/api/auth/register", Map.of("username", name, "password", PASSWORD)), 201);
        return new Person(made.path("userId").asString(), name, logIn(name, PASSWORD));
    }

    HttpApi admin() {
        return logIn("admin", adminPassword());
    }

    /** As the first start left it. */
    String adminPassword() {
        try {
            return Files.readString(folder.resolve("admin.password")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpApi moderator(HttpApi admin) {
        return having(admin, "moderator").http();
    }

    /** Somebody with these roles alone. */
    Person having(HttpApi admin, String... roles) {
        var name = roles[0].charAt(0) + "-" + UUID.randomUUID();
        var made = ok(admin.post("/api/auth/users",
                Map.of("username", name, "password", PASSWORD, "roles", List.of(roles))), 201);
        return new Person(made.path("userId").asString(), name, logIn(name, PASSWORD));
    }

    private HttpApi logIn(String name, String password) {
        return http.as(ok(http.post("/api/auth/login",
                Map.of("username", name, "password", password)), 200).path("accessToken").asString());
    }

    /** The body of an answer with this status. */
    static JsonNode ok(HttpApi.Response answer, int status) {
        assertThat(answer.status()).as(answer.body()::toPrettyString).isEqualTo(status);
        return answer.body();
    }
}
