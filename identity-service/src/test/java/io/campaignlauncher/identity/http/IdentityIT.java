package io.campaignlauncher.identity.http;

import static io.campaignlauncher.identity.http.RunningIdentity.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.access.audit.Audit;
import io.campaignlauncher.access.audit.Caller;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Secrets;
import io.campaignlauncher.identity.http.RunningIdentity.Answer;
import io.campaignlauncher.identity.store.Sessions;
import io.campaignlauncher.identity.store.Users;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import reactor.core.publisher.Flux;

/** The whole service over HTTP, on a real database. */
@ExtendWith(OutputCaptureExtension.class)
class IdentityIT {

    private static RunningIdentity identity;

    @BeforeAll
    static void start() {
        identity = new RunningIdentity("identity_it", "launch.identity.limits.name-tries=1000",
                "launch.identity.limits.address-tries=100000");
    }

    @AfterAll
    static void stop() {
        identity.close();
    }

    @Test
    void whoever_registers_is_advertiser_and_publisher_and_logs_in() {
        var name = RunningIdentity.newName();
        var registered = identity.post("/api/auth/register", null, Map.of("username", name, "password", PASSWORD));
        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.json().path("roles").toString()).isEqualTo("[\"advertiser\",\"publisher\"]");
        assertThat(registered.text()).doesNotContain("argon2", PASSWORD);

        var in = identity.logIn(name.toUpperCase(Locale.ROOT), PASSWORD);
        assertThat(in.status()).isEqualTo(200);
        assertThat(in.json().path("expiresIn").asInt()).isEqualTo(600);
        var me = identity.get("/api/auth/me", in.field("accessToken"));
        assertThat(me.field("userId")).isEqualTo(registered.field("userId"));
        assertThat(me.field("tenant")).isEqualTo("local");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"username\":\"mallory\",\"password\":\"tidy otter 7\",\"role\":\"admin\"}    | role     | is not known",
        "{\"username\":\"mallory\",\"password\":\"tidy otter 7\",\"roles\":[\"admin\"]} | roles    | is not known",
        "{\"username\":\"mallory\",\"password\":\"tidy otter 7\",\"tenant\":\"x\"}      | tenant   | is not known",
        "{\"username\":\"mallory\",\"password\":\"short\"}                              | password | must have 8 to 128 characters",
        "{\"username\":\"mallory\",\"password\":\"password1\"}                          | password | is one of those that are tried first; choose another",
        "{\"username\":\"mallory\"}                                                     | password | is needed",
        "{\"username\":7,\"password\":\"tidy otter 7\"}                                 | username | has another type" })
    void registration_names_the_field_that_is_wrong_and_makes_nobody(String body, String field, String message) {
        var answer = identity.ask("POST", "/api/auth/register", null, body, "127.0.0.1");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("errors").path(0).path("field").asString()).isEqualTo(field);
        assertThat(answer.json().path("errors").path(0).path("message").asString()).isEqualTo(message);
        assertThat(answer.field("traceId")).hasSize(32);
        assertThat(identity.sql.sql("select count(*) from identity.users where username = 'mallory'")
                .query(Integer.class).single()).isZero();
    }

    @Test
    void a_name_is_of_one_user_only_however_many_ask_at_once() {
        var name = RunningIdentity.newName();
        var body = "{\"username\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}";
        var statuses = Flux.range(0, 6)
                .flatMap(_ -> identity.asking("POST", "/api/auth/register", null, body, "127.0.0.1"), 6)
                .map(Answer::status).collectList().block();

        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
    }

    @Test
    void an_unknown_name_a_wrong_password_and_a_locked_out_user_get_the_same_answer() {
        var wrong = identity.logIn(identity.newUser("publisher"), "another otter");
        var unknown = identity.logIn("nobody-at-all", PASSWORD);
        var lockedOut = identity.newUser("publisher");
        identity.ask("PATCH", "/api/auth/users/" + idOf(lockedOut), identity.admin(), "{\"disabled\":true}",
                "127.0.0.1");
        var answers = List.of(wrong, unknown, identity.logIn(lockedOut, PASSWORD),
                identity.logIn("no name \u00e4", PASSWORD));

        assertThat(answers).extracting(Answer::status).containsOnly(401);
        assertThat(answers).extracting(answer -> answer.text().replaceAll("\"traceId\":\"\\w+\"", ""))
                .containsOnly(wrong.text().replaceAll("\"traceId\":\"\\w+\"", ""));
    }

    @Test
    void an_unknown_name_a_wrong_password_and_a_locked_out_user_cost_one_hash_each() {
        var known = identity.newUser("publisher");
        var lockedOut = identity.newUser("publisher");
        identity.sql.sql("update identity.users set disabled = true where username = :name").param("name", lockedOut)
                .update();
        for (var who : List.of(Map.entry("nobody-at-all", PASSWORD), Map.entry(known, "another otter"),
                Map.entry(lockedOut, PASSWORD), Map.entry("no name \u00e4", PASSWORD))) {
            var before = hashes();
            identity.logIn(who.getKey(), who.getValue());
            await().untilAsserted(() -> assertThat(hashes()).as(who.getKey()).isEqualTo(before + 1));
        }
    }

    private static double hashes() {
        return identity.context.getBean(MeterRegistry.class).get("executor.completed").tag("name", "passwords")
                .functionCounter().count();
    }

    @Test
    void no_session_begins_for_who_was_locked_out_or_changed_while_the_password_was_hashed() {
        var users = identity.context.getBean(Users.class);
        var sessions = identity.context.getBean(Sessions.class);
        var read = users.named(identity.newUser("publisher")).orElseThrow();
        identity.ask("PATCH", "/api/auth/users/" + read.userId(), identity.admin(), "{\"password\":\"a new otter 8\"}",
                "127.0.0.1");

        assertThat(sessions.open(read, UUID.randomUUID(), UUID.randomUUID(), new byte[32], Caller.SERVICE)).isEmpty();
        assertThat(identity.logIn(read.username(), PASSWORD).status()).isEqualTo(401);
        assertThat(identity.logIn(read.username(), "a new otter 8").status()).isEqualTo(200);
    }

    @Test
    void a_hash_of_lower_costs_is_made_anew_at_log_in() {
        var name = identity.newUser("publisher");
        identity.sql.sql("update identity.users set password_hash = :hash where username = :name")
                .param("hash", new Argon2PasswordEncoder(16, 32, 1, 1024, 1).encode(PASSWORD)).param("name", name)
                .update();

        assertThat(identity.logIn(name, PASSWORD).status()).isEqualTo(200);

        assertThat(identity.sql.sql("select password_hash from identity.users where username = :name")
                .param("name", name).query(String.class).single()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(identity.logIn(name, PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void a_refresh_token_is_good_once_and_its_successor_after_it() {
        var in = identity.logIn(identity.newUser("publisher"), PASSWORD);
        var second = refresh(in.field("refreshToken"));
        assertThat(second.status()).isEqualTo(200);
        var third = refresh(second.field("refreshToken"));
        assertThat(third.status()).isEqualTo(200);
        assertThat(List.of(in.field("refreshToken"), second.field("refreshToken"), third.field("refreshToken")))
                .doesNotHaveDuplicates();
        assertThat(identity.get("/api/auth/me", third.field("accessToken")).status()).isEqualTo(200);
    }

    @Test
    void a_stolen_refresh_token_ends_the_session_of_thief_and_owner_and_stays_ended() {
        var name = identity.newUser("publisher");
        var in = identity.logIn(name, PASSWORD);
        var elsewhere = identity.logIn(name, PASSWORD);
        var thiefs = refresh(in.field("refreshToken"));
        assertThat(refresh(in.field("refreshToken")).status()).isEqualTo(401);

        assertThat(refresh(thiefs.field("refreshToken")).status()).isEqualTo(401);
        assertThat(identity.get("/api/auth/me", thiefs.field("accessToken")).status()).isEqualTo(401);
        assertThat(identity.get("/api/auth/me", in.field("accessToken")).status()).isEqualTo(401);
        assertThat(refresh(elsewhere.field("refreshToken")).status()).as("another session").isEqualTo(200);
        assertThat(audited(idOf(name))).contains("refresh_reuse_detected");
    }

    @Test
    void of_two_that_refresh_at_once_one_succeeds() {
        for (int round = 0; round < 5; round++) {
            var in = identity.logIn(identity.newUser("publisher"), PASSWORD);
            var body = "{\"refreshToken\":\"" + in.field("refreshToken") + "\"}";
            var answers = Flux.range(0, 2)
                    .flatMap(_ -> identity.asking("POST", "/api/auth/refresh", null, body, "127.0.0.1"), 2)
                    .collectList().block();

            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 401);
            var next = answers.stream().filter(answer -> answer.status() == 200).findFirst().orElseThrow();
            assertThat(refresh(next.field("refreshToken")).status()).as("the session is over").isEqualTo(401);
        }
    }

    @Test
    void a_token_or_session_whose_time_is_over_is_refused_without_ending_anything_else() {
        var name = identity.newUser("publisher");
        var idle = identity.logIn(name, PASSWORD);
        expire("refresh_tokens", name);
        assertThat(refresh(idle.field("refreshToken")).status()).isEqualTo(401);
        assertThat(identity.get("/api/auth/me", idle.field("accessToken")).status()).isEqualTo(200);
        var old = identity.logIn(name, PASSWORD);
        expire("sessions", name);
        assertThat(refresh(old.field("refreshToken")).status()).isEqualTo(401);
        assertThat(identity.get("/api/auth/me", old.field("accessToken")).status()).isEqualTo(401);
        assertThat(audited(idOf(name))).doesNotContain("refresh_reuse_detected");
    }

    private static void expire(String table, String name) {
        identity.sql.sql("update identity." + table + " set expires_at = clock_timestamp() where session_id in"
                + " (select session_id from identity.sessions join identity.users using (user_id) where username = :name)")
                .param("name", name).update();
    }

    @Test
    void log_out_ends_one_session_and_log_out_all_every_one_at_once() {
        var name = identity.newUser("publisher");
        var one = identity.logIn(name, PASSWORD);
        var two = identity.logIn(name, PASSWORD);
        assertThat(identity.get("/api/auth/sessions", two.field("accessToken")).json().path("sessions").size())
                .isEqualTo(2);

        assertThat(identity.post("/api/auth/logout", one.field("accessToken"), Map.of()).status()).isEqualTo(204);
        assertThat(identity.get("/api/auth/me", one.field("accessToken")).status()).isEqualTo(401);
        assertThat(refresh(one.field("refreshToken")).status()).isEqualTo(401);
        assertThat(identity.get("/api/auth/me", two.field("accessToken")).status()).isEqualTo(200);

        assertThat(identity.post("/api/auth/logout-all", two.field("accessToken"), Map.of()).status()).isEqualTo(204);
        assertThat(identity.get("/api/auth/me", two.field("accessToken")).status()).isEqualTo(401);
        assertThat(refresh(two.field("refreshToken")).status()).isEqualTo(401);
    }

    @Test
    void of_more_than_twenty_sessions_the_oldest_end() {
        var name = identity.newUser("publisher");
        var oldest = identity.logIn(name, PASSWORD);
        var second = identity.logIn(name, PASSWORD);
        var user = identity.context.getBean(Users.class).named(name).orElseThrow();
        var random = new SecureRandom();
        for (int i = 0; i < 19; i++) {
            identity.context.getBean(Sessions.class).open(user, UUID.randomUUID(), UUID.randomUUID(),
                    Secrets.hash(Secrets.next(random)), Caller.SERVICE);
        }

        assertThat(identity.get("/api/auth/me", oldest.field("accessToken")).status()).isEqualTo(401);
        assertThat(identity.get("/api/auth/sessions", second.field("accessToken")).json().path("sessions").size())
                .isEqualTo(20);
    }

    @Test
    void one_changes_ones_password_by_the_one_before_and_every_session_ends() {
        var name = identity.newUser("publisher");
        var here = identity.logIn(name, PASSWORD);
        var elsewhere = identity.logIn(name, PASSWORD);
        var wrong = changePassword(here, "another otter", "a new otter 8");
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.json().path("errors").path(0).path("field").asString()).isEqualTo("password");
        for (var bad : List.of("password1", "short", "my-" + name)) {
            assertThat(changePassword(here, PASSWORD, bad).status()).as(bad).isEqualTo(400);
        }
        assertThat(identity.get("/api/auth/me", here.field("accessToken")).status()).isEqualTo(200);

        assertThat(changePassword(here, PASSWORD, "a new otter 8").status()).isEqualTo(204);

        assertThat(identity.get("/api/auth/me", here.field("accessToken")).status()).isEqualTo(401);
        assertThat(refresh(elsewhere.field("refreshToken")).status()).isEqualTo(401);
        assertThat(identity.logIn(name, PASSWORD).status()).isEqualTo(401);
        assertThat(identity.logIn(name, "a new otter 8").status()).isEqualTo(200);
        assertThat(audited(idOf(name))).contains("password.change");
    }

    @Test
    void a_password_that_was_given_by_somebody_else_meanwhile_stays() {
        var users = identity.context.getBean(Users.class);
        var user = users.named(identity.newUser("publisher")).orElseThrow();
        identity.ask("PATCH", "/api/auth/users/" + user.userId(), identity.admin(), "{\"password\":\"a new otter 8\"}",
                "127.0.0.1");
        var actor = new Principal(user.tenant(), user.userId().toString(), user.username(), user.roles(),
                new Principal.Session(UUID.randomUUID()));

        assertThat(users.changeOwn(actor, new Users.OwnPassword(user.passwordHash(), "-"), Caller.SERVICE)).isFalse();
        assertThat(identity.logIn(user.username(), "a new otter 8").status()).isEqualTo(200);
    }

    private static Answer changePassword(Answer in, String before, String after) {
        return identity.post("/api/auth/password", in.field("accessToken"),
                Map.of("password", before, "newPassword", after));
    }

    @Test
    void an_api_key_is_shown_once_works_until_it_is_revoked_and_has_the_scopes_that_its_owner_still_has() {
        var name = identity.newUser("advertiser");
        var token = identity.logIn(name, PASSWORD).field("accessToken");
        var made = identity.post("/api/auth/keys", token,
                Map.of("name", "app", "scopes", List.of("jobs:launch", "jobs:read")));
        assertThat(made.status()).isEqualTo(201);
        var key = made.field("key");
        assertThat(identity.get("/api/auth/me", key).json().path("scopes").toString())
                .isEqualTo("[\"jobs:launch\",\"jobs:read\"]");
        var listed = identity.get("/api/auth/keys", token);
        assertThat(listed.text()).contains(made.field("prefix"), "lastUsedAt").doesNotContain(key);
        assertThat(identity.get("/api/auth/me", key.substring(0, key.length() - 1) + "!").status()).isEqualTo(401);
        assertThat(identity.get("/api/auth/keys", key).status()).as("a key makes no keys").isEqualTo(403);

        identity.ask("PATCH", "/api/auth/users/" + idOf(name), identity.admin(), "{\"roles\":[\"publisher\"]}",
                "127.0.0.1");
        assertThat(identity.get("/api/auth/me", key).json().path("scopes").toString()).isEqualTo("[]");
        identity.ask("PATCH", "/api/auth/users/" + idOf(name), identity.admin(), "{\"roles\":[\"advertiser\"]}",
                "127.0.0.1");
        var again = identity.logIn(name, PASSWORD).field("accessToken");
        assertThat(identity.ask("DELETE", "/api/auth/keys/" + made.field("keyId"), identity.newAdvertiser(), null,
                "127.0.0.1").status()).as("of somebody else").isEqualTo(404);
        assertThat(identity.ask("DELETE", "/api/auth/keys/" + made.field("keyId"), again, null, "127.0.0.1").status())
                .isEqualTo(204);
        assertThat(identity.get("/api/auth/me", key).status()).isEqualTo(401);
    }

    @Test
    void two_keys_of_a_name_are_good_at_a_time_however_many_are_asked_for_at_once() {
        var token = identity.newAdvertiser();
        var body = "{\"name\":\"app\",\"scopes\":[\"jobs:read\"]}";
        var statuses = Flux.range(0, 5)
                .flatMap(_ -> identity.asking("POST", "/api/auth/keys", token, body, "127.0.0.1"), 5)
                .map(Answer::status).collectList().block();

        assertThat(Collections.frequency(statuses, 201)).isEqualTo(2);
        assertThat(Collections.frequency(statuses, 409)).isEqualTo(3);
    }

    @Test
    void nobody_makes_a_key_that_may_do_more_than_they_may() {
        assertThat(identity.post("/api/auth/keys", identity.newAdvertiser(),
                Map.of("name", "app", "scopes", List.of("deposits:write"))).status()).isEqualTo(403);
        assertThat(identity.post("/api/auth/keys", identity.admin(),
                Map.of("name", RunningIdentity.newName(), "scopes", List.of("deposits:write", "act_as"))).status())
                .isEqualTo(201);
    }

    @Test
    void a_user_who_is_locked_out_is_nobody_from_the_next_request_on() {
        var name = identity.newUser("advertiser");
        var in = identity.logIn(name, PASSWORD);
        var key = identity.post("/api/auth/keys", in.field("accessToken"),
                Map.of("name", "app", "scopes", List.of("jobs:read"))).field("key");
        assertThat(identity.get("/api/auth/me", key).status()).isEqualTo(200);

        identity.ask("PATCH", "/api/auth/users/" + idOf(name), identity.admin(), "{\"disabled\":true}", "127.0.0.1");

        assertThat(identity.get("/api/auth/me", in.field("accessToken")).status()).isEqualTo(401);
        assertThat(identity.get("/api/auth/me", key).status()).isEqualTo(401);
        assertThat(refresh(in.field("refreshToken")).status()).isEqualTo(401);
    }

    @Test
    void an_admin_of_a_tenant_sees_and_changes_nobody_of_another() {
        var name = RunningIdentity.newName();
        var made = identity.post("/api/auth/users", identity.admin(), Map.of("username", name, "password", PASSWORD,
                "roles", List.of("admin"), "tenant", "acme"));
        assertThat(made.status()).isEqualTo(201);
        var acme = identity.logIn(name, PASSWORD).field("accessToken");
        var local = idOf(identity.newUser("publisher"));

        assertThat(identity.get("/api/auth/users", acme).json().path("users").size()).isEqualTo(1);
        var foreign = identity.ask("PATCH", "/api/auth/users/" + local, acme, "{\"disabled\":true}", "127.0.0.1");
        var unknown = identity.ask("PATCH", "/api/auth/users/" + UUID.randomUUID(), acme, "{\"disabled\":true}",
                "127.0.0.1");
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.field("detail")).isEqualTo(unknown.field("detail"));
        assertThat(identity.post("/api/auth/users", acme, Map.of("username", "x-user", "password", PASSWORD, "roles",
                List.of("advertiser"), "tenant", "local")).status()).isEqualTo(403);
        assertThat(identity.post("/api/auth/users", acme, Map.of("username", "x-user", "password", PASSWORD, "roles",
                List.of("admin"))).status()).isEqualTo(403);
    }

    @Test
    void two_super_admins_who_lock_each_other_out_at_once_leave_one() {
        var others = identity.sql.sql(
                "update identity.users set disabled = true where 'super_admin' = any(roles) and username <> 'admin' returning 1")
                .query().listOfRows();
        assertThat(others).isNotNull();
        var name = identity.newUser("super_admin");
        var tokens = Map.of(idOf("admin"), identity.logIn(name, PASSWORD).field("accessToken"), idOf(name),
                identity.admin());
        var statuses = Flux.fromIterable(tokens.entrySet())
                .flatMap(who -> identity.asking("PATCH", "/api/auth/users/" + who.getKey(), who.getValue(),
                        "{\"disabled\":true}", "127.0.0.1"), 2)
                .map(Answer::status).collectList().block();
        int left = identity.sql.sql(
                "select count(*) from identity.users where 'super_admin' = any(roles) and not disabled")
                .query(Integer.class).single();
        identity.sql.sql("update identity.users set disabled = username <> 'admin' where 'super_admin' = any(roles)")
                .update();

        assertThat(left).isEqualTo(1);
        assertThat(statuses).containsOnlyOnce(200);
    }

    @Test
    void the_key_set_has_two_public_keys_and_no_private_part() {
        var keys = identity.get("/.well-known/jwks.json", null);
        assertThat(keys.status()).isEqualTo(200);
        assertThat(keys.json().path("keys").size()).isEqualTo(2);
        for (var key : keys.json().path("keys")) {
            assertThat(key.path("alg").asString()).isEqualTo("ES256");
            assertThat(key.path("d").isMissingNode()).isTrue();
        }
    }

    @Test
    void the_first_admins_password_is_in_a_file_of_its_owner_and_a_second_start_makes_no_other() throws IOException {
        var file = identity.folder.resolve("admin.password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        var before = Files.readString(file);

        try (var second = new RunningIdentity(identity.database(), identity.folder)) {
            assertThat(Files.readString(file)).isEqualTo(before);
            assertThat(second.logIn("admin", before.strip()).status()).isEqualTo(200);
        }
    }

    @Test
    void no_secret_is_in_logs_or_tables(CapturedOutput log) {
        try (var fresh = new RunningIdentity("identity_secrets", "logging.level.root=DEBUG",
                "logging.level.org.springframework.web=INFO", "logging.level.reactor.netty=INFO",
                "logging.level.org.springframework.http.codec=INFO",
                "logging.level.org.springframework.core.codec=INFO")) {
            var secrets = new ArrayList<>(List.of(fresh.adminPassword(), PASSWORD));
            var in = fresh.logIn("admin", fresh.adminPassword());
            secrets.add(in.field("accessToken"));
            secrets.add(in.field("refreshToken"));
            secrets.add(fresh.post("/api/auth/refresh", null, Map.of("refreshToken", in.field("refreshToken")))
                    .field("refreshToken"));
            fresh.post("/api/auth/refresh", null, Map.of("refreshToken", in.field("refreshToken")));
            var again = fresh.admin();
            fresh.newUser("publisher");
            fresh.logIn("admin", "planted-wrong-password");
            secrets.add("planted-wrong-password");
            secrets.add(fresh.post("/api/auth/keys", again, Map.of("name", "app", "scopes", List.of("act_as")))
                    .field("key"));
            secrets.add(fresh.post("/api/auth/invitations", again, Map.of()).field("invitation"));
            fresh.post("/api/auth/logout", again, Map.of());
            secrets.add(again);
            secrets.add("cl_0123456789ab_" + "planted".repeat(6) + "x");
            secrets.add("planted.access.token");
            for (var worthless : secrets.subList(secrets.size() - 3, secrets.size())) {
                assertThat(fresh.get("/api/auth/me", worthless).status()).isEqualTo(401);
            }
            assertThat(secrets).doesNotContain("");

            var rows = new StringBuilder();
            for (var table : List.of("users", "sessions", "refresh_tokens", "api_keys", "invitations", "signing_keys",
                    "audit")) {
                fresh.sql.sql("select to_jsonb(t)::text from identity." + table + " t").query(String.class).list()
                        .forEach(rows::append);
            }
            assertThat(rows).doesNotContain(secrets);
            assertThat(log.getAll()).contains("the first super_admin is called admin").doesNotContain(secrets);
        }
    }

    @Test
    void the_audit_says_who_did_what_with_which_roles_and_is_only_added_to() {
        var name = identity.newUser("publisher");
        var token = identity.logIn(name, PASSWORD).field("accessToken");
        identity.get("/api/auth/users", token);

        assertThat(audited(idOf(name))).contains("user.make", "log-in");
        await().untilAsserted(
                () -> assertThat(refusals(idOf(name))).containsExactly("403 publisher GET /api/auth/users"));
        assertThat(
                identity.sql.sql("select count(*) from identity.audit where trace_id is null or address_hash is null")
                        .query(Integer.class).single())
                .as("but the first start").isEqualTo(1);
        for (var change : List.of("update identity.audit set outcome = 'ok'", "delete from identity.audit",
                "truncate identity.audit")) {
            assertThatThrownBy(() -> identity.sql.sql(change).update()).hasMessageContaining("only added to");
        }
    }

    @Test
    void whoever_is_refused_over_and_over_is_noted_at_once_and_then_by_number() {
        var token = identity.logIn(identity.newUser("publisher"), PASSWORD).field("accessToken");
        for (int i = 0; i < 50; i++) {
            assertThat(identity.get("/api/auth/users", token).status()).isEqualTo(403);
            assertThat(identity.get("/api/auth/users", "not.a.token").status()).isEqualTo(401);
        }
        await().untilAsserted(() -> assertThat(refusals(Audit.NOBODY)).contains("401  GET /api/auth/users"));
        assertThat(identity.sql.sql("select count(*) from identity.audit where action = 'access'")
                .query(Integer.class).single()).as("rows for a hundred refusals and those of other tests")
                .isLessThan(20);
    }

    private static List<String> refusals(String actor) {
        return identity.sql.sql(
                "select distinct outcome || ' ' || array_to_string(roles, ',') || ' ' || subject from identity.audit where actor = :actor and action = 'access'")
                .param("actor", actor).query(String.class).list();
    }

    @Test
    void admins_read_the_audit_of_their_tenant_and_super_admins_all_of_it() {
        var tenant = "audited";
        var boss = RunningIdentity.newName();
        identity.post("/api/auth/users", identity.admin(), Map.of("username", boss, "password", PASSWORD, "roles",
                List.of("admin"), "tenant", tenant));
        var token = identity.logIn(boss, PASSWORD).field("accessToken");
        var other = identity.newUser("advertiser");
        identity.logIn(other, PASSWORD);

        var own = identity.get("/api/auth/audit", token);
        assertThat(own.status()).isEqualTo(200);
        assertThat(own.json().path("entries")).isNotEmpty()
                .allSatisfy(line -> assertThat(line.path("tenant").asString()).isEqualTo(tenant));
        assertThat(own.json().path("entries").path(0).path("action").asString()).isEqualTo("log-in");
        assertThat(identity.get("/api/auth/audit?actor=" + idOf(other), token).json().path("entries")).isEmpty();
        var first = identity.get("/api/auth/audit?limit=1&actor=" + idOf(other), identity.admin()).json();
        assertThat(first.path("entries").path(0).path("action").asString()).isEqualTo("log-in");
        assertThat(first.toString()).doesNotContain(PASSWORD, "address");
        assertThat(identity.get("/api/auth/audit?actor=" + idOf(other) + "&limit=1&after=" + first.path("next"),
                identity.admin()).json().path("entries")).isEmpty();
        assertThat(identity.get("/api/auth/audit?from=yesterday&limit=0", token).json().path("errors")).hasSize(2);
        assertThat(identity.get("/api/auth/audit", identity.logIn(other, PASSWORD).field("accessToken")).status())
                .isEqualTo(403);
    }

    private static List<String> audited(String userId) {
        return identity.sql.sql("select action from identity.audit where subject = :id or actor = :id")
                .param("id", userId).query(String.class).list();
    }

    private static Answer refresh(String token) {
        return identity.post("/api/auth/refresh", null, Map.of("refreshToken", token));
    }

    private static String idOf(String name) {
        return identity.sql.sql("select user_id::text from identity.users where username = :name").param("name", name)
                .query(String.class).single();
    }
}
