package io.campaignlauncher.identity.http;

import static io.campaignlauncher.identity.http.RunningIdentity.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.identity.http.RunningIdentity.Answer;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** With the limits that hold unless somebody sets others, and where registration is not open. */
class LogInAttackIT {

    private static RunningIdentity identity;

    @BeforeAll
    static void start() {
        identity = new RunningIdentity("identity_attack", "launch.security.registration=invite");
    }

    @AfterAll
    static void stop() {
        identity.close();
    }

    @Test
    void a_thousand_wrong_log_ins_from_fifty_addresses_do_not_lock_the_owner_out() {
        var name = identity.newUser("publisher");
        assertThat(identity.logIn(name, PASSWORD).status()).isEqualTo(200);
        var wrong = "{\"username\":\"" + name + "\",\"password\":\"a wrong otter\"}";
        var statuses = Flux.range(0, 1000)
                .flatMap(i -> identity.asking("POST", "/api/auth/login", null, wrong, "127.0.1." + (1 + i % 50)), 20)
                .map(Answer::status)
                .collect(Collectors.groupingBy(status -> status, Collectors.counting())).block();

        assertThat(statuses).containsOnlyKeys(401, 429);
        assertThat(statuses.get(429)).isGreaterThan(900);
        assertThat(identity.logIn(name, PASSWORD).status()).as("the owner, where they were before").isEqualTo(200);
        var right = "{\"username\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}";
        var elsewhere = identity.ask("POST", "/api/auth/login", null, right, "127.0.2.1");
        if (elsewhere.status() != 200) {
            assertThat(elsewhere.status()).isEqualTo(429);
            assertThat(elsewhere.header("content-type")).isEqualTo("application/problem+json");
            assertThat(Integer.parseInt(elsewhere.header("retry-after"))).as("when the next try is there")
                    .isBetween(1, 6);
        }
    }

    @Test
    void whoever_found_a_session_open_cannot_try_out_its_password() {
        var token = identity.logIn(identity.newUser("publisher"), PASSWORD).field("accessToken");
        var wrong = "{\"password\":\"a wrong otter\",\"newPassword\":\"a new otter 8\"}";
        var statuses = Flux.range(0, 30)
                .flatMap(_ -> identity.asking("POST", "/api/auth/password", token, wrong, "127.0.3.1"), 30)
                .map(Answer::status).collect(Collectors.groupingBy(status -> status, Collectors.counting())).block();

        assertThat(statuses).containsOnlyKeys(403, 429);
        assertThat(statuses.get(429)).isGreaterThan(10);
    }

    @Test
    void an_invitation_is_good_for_one_user_of_its_tenant() {
        var name = RunningIdentity.newName();
        var invitation = identity.post("/api/auth/invitations", identity.admin(), Map.of()).field("invitation");
        var without = identity.post("/api/auth/register", null, Map.of("username", name, "password", PASSWORD));
        assertThat(without.status()).isEqualTo(400);
        assertThat(without.json().path("errors").path(0).path("field").asString()).isEqualTo("invitation");
        assertThat(registered(name, "made-up").status()).isEqualTo(403);
        assertThat(registered("admin-2", invitation.toUpperCase(Locale.ROOT)).status()).isEqualTo(403);
        assertThat(registered("admin", invitation).status()).as("the name is taken, so it stays good").isEqualTo(409);

        var made = registered(name, invitation);

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.field("tenant")).isEqualTo("local");
        assertThat(registered(RunningIdentity.newName(), invitation).status()).isEqualTo(403);
    }

    private static Answer registered(String name, String invitation) {
        return identity.post("/api/auth/register", null,
                Map.of("username", name, "password", PASSWORD, "invitation", invitation));
    }

    @Test
    void nobody_registers_where_that_is_closed() {
        try (var closed = new RunningIdentity(identity.database(), identity.folder,
                "launch.security.registration=closed")) {
            var answer = closed.post("/api/auth/register", null,
                    Map.of("username", RunningIdentity.newName(), "password", PASSWORD));
            assertThat(answer.status()).isEqualTo(403);
        }
    }
}
