package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.access.audit.Caller;
import io.campaignlauncher.access.audit.Callers;
import io.campaignlauncher.access.http.PeerAddresses;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.InMemoryKillSwitches;
import io.campaignlauncher.job.view.CountsHeldJobs;
import io.campaignlauncher.messaging.KillSwitch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.info.Info;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

class KillSwitchRoutesTest {

    private final InMemoryKillSwitches switches = new InMemoryKillSwitches(
            Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC));
    private final List<String> noted = new CopyOnWriteArrayList<>();
    private volatile boolean auditAway;
    private volatile CountsHeldJobs held = (_, _, _) -> 0;
    private final AuditedChanges audited = new AuditedChanges(this::note,
            new Callers("secret", new PeerAddresses(List.of())),
            Duration.ofSeconds(10));
    private final WebTestClient client = WebTestClient.bindToRouterFunction(new KillSwitchConfiguration()
            .killSwitchRoutes(switches, (which, since, visible) -> held.heldBy(which, since, visible), audited,
                    new HttpSettings(1 << 20, 1 << 19, Duration.ofMillis(300), 8, 1000, 50, 500)))
            .webFilter((exchange, chain) -> chain.filter(exchange.mutate()
                    .principal(Mono.just(new PrincipalToken(Principal.LOCAL_OPERATOR))).build()))
            .build();

    private void note(Caller caller, String action, String subject, String outcome) {
        if (auditAway) {
            throw new IllegalStateException("no database");
        }
        noted.add(
                action + " " + subject + " " + outcome + " " + (switches.isOn(KillSwitch.CREATION) ? "(on)" : "(off)"));
    }

    @Test
    void notes_who_turns_one_before_it_is_turned_and_what_came_of_it() {
        turn("creation", "{\"enabled\":false,\"reason\":\"token=EAAabcdefghijkl\"}").expectStatus().isOk();
        assertThat(noted).containsExactly(
                "kill-switch.turn creation asked: off, token=EAAabcdefghijkl (on)",
                "kill-switch.turn creation ok: off, token=EAAabcdefghijkl (off)");
        noted.clear();
        switches.publication = Mono.error(new IllegalStateException("no broker"));
        unavailable(turn("creation", "{\"enabled\":true}"));
        assertThat(noted).containsExactly("kill-switch.turn creation asked: on (off)",
                "kill-switch.turn creation unknown: on (off)");
    }

    @Test
    void lets_nobody_go_on_with_work_who_is_not_on_record_and_anybody_stop_it() {
        auditAway = true;
        turn("creation", "{\"enabled\":false}").expectStatus().isOk();
        assertThat(switches.isOn(KillSwitch.CREATION)).isFalse();
        unavailable(turn("creation", "{\"enabled\":true}"));
        assertThat(switches.isOn(KillSwitch.CREATION)).isFalse();
    }

    @Test
    void lists_all_switches() {
        turn("creation", "{\"enabled\":false,\"reason\":\"an incident\"}").expectStatus().isOk();
        get("/v1/kill-switches").expectStatus().isOk().expectBody()
                .json("""
                        {"killSwitches":[{"name":"intake","enabled":true},
                          {"name":"creation","enabled":false,"turnedAt":"2026-01-01T12:00:00Z","turnedBy":"local-operator","reason":"an incident"},
                          {"name":"rollback","enabled":true}]}""");
    }

    @Test
    void says_how_many_launches_wait_for_one_that_is_off_since_it_was_turned() {
        held = (which, since, visible) -> which == KillSwitch.CREATION && visible.equals(Visibility.everything())
                && Instant.parse("2026-01-01T12:00:00Z").equals(since) ? 17 : -1;
        get("/v1/kill-switches/creation").expectBody().jsonPath("$.waiting").doesNotExist();

        turn("creation", "{\"enabled\":false}").expectBody().jsonPath("$.waiting").isEqualTo(17);
        get("/v1/kill-switches").expectBody().jsonPath("$.killSwitches[1].waiting").isEqualTo(17)
                .jsonPath("$.killSwitches[0].waiting").doesNotExist();
    }

    @Test
    void says_how_one_stands_also_where_nobody_can_count() {
        held = (_, _, _) -> {
            throw new IllegalStateException("no database");
        };
        turn("creation", "{\"enabled\":false}").expectStatus().isOk().expectBody().jsonPath("$.enabled")
                .isEqualTo(false)
                .jsonPath("$.waiting").doesNotExist();
        held = (_, _, _) -> {
            LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
            return 1;
        };
        get("/v1/kill-switches").expectStatus().isOk().expectBody().jsonPath("$.killSwitches.length()").isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({ "intake", "creation", "rollback" })
    void turns_one_and_says_how_it_stands(String name) {
        turn(name, "{\"enabled\":false}").expectStatus().isOk().expectBody()
                .jsonPath("$.name").isEqualTo(name)
                .jsonPath("$.enabled").isEqualTo(false);
        get("/v1/kill-switches/" + name).expectStatus().isOk().expectBody().jsonPath("$.enabled").isEqualTo(false);
        for (var which : KillSwitch.values()) {
            assertThat(switches.isOn(which)).isEqualTo(!which.wireName().equals(name));
        }
        turn(name, "{\"enabled\":true}").expectStatus().isOk().expectBody().jsonPath("$.enabled").isEqualTo(true);
    }

    @Test
    void knows_no_other_switch() {
        for (var answer : new ResponseSpec[]{ get("/v1/kill-switches/espresso"),
            turn("espresso", "{\"enabled\":false}"), turn("INTAKE", "{\"enabled\":false}") }) {
            answer.expectStatus().isNotFound().expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .expectBody().jsonPath("$.title").isEqualTo("No such kill switch")
                    .jsonPath("$.detail").isEqualTo("There are these: intake, creation, rollback.");
        }
        assertThat(switches.isOn(KillSwitch.INTAKE)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{}                                    | enabled | is needed: true or false",
        "{\"enabled\":null}                    | enabled | is needed: true or false",
        "{\"enabled\":\"false\"}               | enabled | must be true or false",
        "{\"enabled\":0}                       | enabled | must be true or false",
        "{\"enabled\":false,\"for\":\"1h\"}    | for     | is not known",
        "{\"enabled\":false,\"reason\":7}      | reason  | must be a text",
        "{\"enabled\":false,\"reason\":\"a\\n\"} | reason  | may hold no control characters",
        "{\"enabled\":false,\"reason\":\"a\\ud800\"} | reason | holds half a character (an unpaired surrogate)" })
    void names_the_field_that_is_wrong_and_turns_nothing(String body, String field, String message) {
        turn("rollback", body).expectStatus().isBadRequest()
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.errors.length()").isEqualTo(1)
                .jsonPath("$.errors[0].field").isEqualTo(field)
                .jsonPath("$.errors[0].message").isEqualTo(message);
        assertThat(switches.isOn(KillSwitch.ROLLBACK)).isTrue();
    }

    @Test
    void bounds_the_reason() {
        turn("intake", "{\"enabled\":false,\"reason\":\"" + "x".repeat(201) + "\"}").expectStatus().isBadRequest();
        turn("intake", "{\"enabled\":false,\"reason\":\"" + "x".repeat(200) + "\"}").expectStatus().isOk();
    }

    @Test
    void says_so_when_kafka_does_not_take_a_turn() {
        switches.publication = Mono.error(new IllegalStateException("no broker"));
        unavailable(turn("intake", "{\"enabled\":false}"));
        switches.publication = Mono.never();
        unavailable(turn("intake", "{\"enabled\":false}"));
        assertThat(switches.isOn(KillSwitch.INTAKE)).isTrue();
    }

    @Test
    void tells_nothing_before_it_has_read_what_kafka_has() {
        switches.reading = Mono.never();
        unavailable(get("/v1/kill-switches"));
        unavailable(get("/v1/kill-switches/intake"));
    }

    @Test
    void shows_them_among_the_infos() {
        switches.turn(KillSwitch.ROLLBACK, false, null).block();
        var info = new Info.Builder();
        new KillSwitchConfiguration().killSwitchInfo(switches).contribute(info);
        assertThat(info.build().get("killSwitches")).hasToString("{intake=on, creation=on, rollback=off}");
    }

    private static void unavailable(ResponseSpec answer) {
        answer.expectStatus().isEqualTo(503).expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    private ResponseSpec get(String address) {
        return client.get().uri(address).exchange();
    }

    private ResponseSpec turn(String name, String body) {
        return client.put().uri("/v1/kill-switches/" + name).contentType(MediaType.APPLICATION_JSON).bodyValue(body)
                .exchange();
    }
}
