package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.console.http.FakeIdentity.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.client.ReactorResourceFactory;

/** What becomes of a session whose access token is over, whatever goes wrong with the next one. */
class RenewalsTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private FakeIdentity identity;
    private RunningConsole console;
    private String cookie;

    @BeforeEach
    void start() {
        identity = new FakeIdentity();
        identity.user("ann", "advertiser");
        console = RunningConsole.knowing(identity, "--launch.security.mode=tokens");
        cookie = LogInTest.session(console.logIn("ann", FakeIdentity.PASSWORD, "/console"));
        identity.timeGoesOn();
    }

    @AfterEach
    void stop() {
        identity.release();
        console.close();
        identity.close();
    }

    @Test
    void goes_on_with_the_next_token_and_keeps_it() {
        assertThat(page().statusCode()).isEqualTo(200);
        assertThat(page().statusCode()).isEqualTo(200);

        assertThat(identity.refreshes()).isEqualTo(1);
        assertThat(console.askedForPages()).hasSize(3);
    }

    /** Its bytes pass on as they come: they could not be sent after a refusal. */
    @Test
    void a_file_is_sent_once_with_the_next_token() throws Exception {
        var page = console.get("/console/design", "cookie", cookie);
        identity.timeGoesOn();
        console.asked().clear();
        var part = "--b\r\nContent-Disposition: form-data; name=\"";
        var form = part + "_csrf\"\r\n\r\n" + ConsoleTest.token(page) + "\r\n" + part
                + "adAccountId\"\r\n\r\nact_1\r\n" + part + "file\"; filename=\"a.png\"\r\n\r\nbytes\r\n--b--\r\n";

        try (var browser = HttpClient.newHttpClient()) {
            browser.send(HttpRequest.newBuilder(console.address().resolve("/console/media/images"))
                    .header("content-type", "multipart/form-data; boundary=b")
                    .header("cookie", cookie + "; " + ConsoleTest.cookie(page))
                    .POST(BodyPublishers.ofString(form)).build(), BodyHandlers.discarding());
        }

        assertThat(console.asked()).filteredOn(one -> one.line().startsWith("POST ")).singleElement()
                .satisfies(sent -> {
                    assertThat(sent.body()).isEqualTo("bytes");
                    assertThat(identity.knows(sent.authorization())).isTrue();
                });
    }

    @Test
    void pages_that_find_it_at_once_ask_for_one_pair() {
        identity.next(Fault.LATE);
        var pages = Stream.generate(() -> console.getLater("/console", "cookie", cookie)).limit(5).toList();
        await().atMost(SOON).until(() -> console.asked().size() == 5 && identity.refreshes() > 0);

        identity.release();

        assertThat(pages).extracting(CompletableFuture::join).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(identity.refreshes()).isEqualTo(1);
        assertThat(identity.reuses()).isZero();
    }

    @Test
    void a_page_that_comes_late_with_the_token_before_takes_the_next_one_and_asks_for_none() {
        var session = session();
        var before = session.tokens();
        var renewals = renewals(SOON);
        var next = renewals.after(session, before, "").block();

        assertThat(renewals.after(session, before, "").block()).isSameAs(next);
        assertThat(identity.refreshes()).isEqualTo(1);
    }

    @Test
    void a_pair_that_comes_after_the_page_gave_up_counts_for_the_next_page() {
        var session = session();
        var before = session.tokens();
        identity.next(Fault.LATE);

        assertThatThrownBy(() -> renewals(Duration.ofMillis(1)).after(session, before, "").block())
                .isInstanceOfSatisfying(ServiceProblem.class,
                        problem -> assertThat(problem.problem().status()).isEqualTo(503));
        await().atMost(SOON).until(() -> identity.refreshes() == 1);
        identity.release();

        await().atMost(SOON).until(() -> session.tokens() != before);
        assertThat(identity.knows(session.tokens().access())).isTrue();
        assertThat(identity.refreshes()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = { "LOST_BEFORE", "LOST_AFTER" })
    void where_nobody_knows_whether_the_refresh_token_is_used_up_it_is_not_sent_again(Fault fault) {
        identity.next(fault);

        leadsToTheLogIn(page());
        leadsToTheLogIn(page());

        assertThat(console.get("/console/login", "cookie", cookie).body()).contains("Your session is over");
        assertThat(identity.refreshes()).isEqualTo(1);
        assertThat(identity.reuses()).isZero();
    }

    @Test
    void a_session_that_was_ended_elsewhere_is_over() {
        identity.endAll();

        leadsToTheLogIn(page());
    }

    @ParameterizedTest
    @EnumSource(names = { "UNAVAILABLE", "TOO_MANY" })
    void a_refresh_that_is_put_off_ends_nothing(Fault fault) {
        identity.next(fault);

        var off = page();

        assertThat(off.statusCode()).isIn(503, 429);
        assertThat(off.body()).contains("Try again");
        assertThat(page().statusCode()).isEqualTo(200);
        assertThat(identity.refreshes()).isEqualTo(2);
        assertThat(identity.reuses()).isZero();
    }

    @Test
    void an_identity_service_that_is_away_ends_nothing() {
        identity.goAway();
        assertThat(page().statusCode()).isEqualTo(503);

        identity.comeBack();

        assertThat(page().statusCode()).isEqualTo(200);
        assertThat(identity.refreshes()).isEqualTo(1);
    }

    @Test
    void a_service_that_does_not_take_a_new_token_either_is_named_and_nobody_is_sent_round_and_round() {
        try (var other = new FakeIdentity()) {
            console.believe(other);

            var page = page();

            assertThat(page.statusCode()).isEqualTo(502);
            assertThat(page.body()).contains("The job-service does not take your log-in", "ann");
            assertThat(identity.refreshes()).as("one for each question").isEqualTo(2);
        }
    }

    private HttpResponse<String> page() {
        return console.get("/console", "cookie", cookie);
    }

    private static void leadsToTheLogIn(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("location")).contains("/console/login?next=%2Fconsole");
    }

    private Session session() {
        var tokens = identity().logIn("ann", FakeIdentity.PASSWORD, "").block();
        return new Session("key", Principal.LOCAL_OPERATOR, tokens);
    }

    private Renewals renewals(Duration patience) {
        return new Renewals(identity(), new Sessions(new ConsoleSettings.Sessions(SOON, SOON, 1),
                new LogInFigures(new SimpleMeterRegistry()), Ticker.systemTicker()), patience);
    }

    private Identity identity() {
        return new Identity(ServiceClient.sendingOnce(URI.create(identity.address()), "identity-service",
                new ReactorResourceFactory()));
    }
}
