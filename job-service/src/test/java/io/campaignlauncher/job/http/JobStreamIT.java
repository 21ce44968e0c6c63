package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.job.live.LiveSettings;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.readmodel.ScriptedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JobStreamIT {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FOLLOWERS_MAX = 3;
    private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {};

    private static HttpApi api;

    @BeforeAll
    static void start() {
        api = new HttpApi("job_stream", HttpSettings.defaults(),
                new LiveSettings(Duration.ofMillis(20), FOLLOWERS_MAX, Duration.ofMillis(50), Duration.ofMinutes(10)),
                LegacyRoutesSettings.none(Duration.ofMinutes(1)));
    }

    @BeforeEach
    void clear() {
        api.readModel.clear();
    }

    @AfterEach
    void nobody_follows_anything_any_more() {
        await().atMost(PATIENCE).until(() -> api.live.followers() == 0 && !api.live.full());
    }

    @Test
    void tells_each_step_and_at_last_the_end() {
        var job = ScriptedJob.accepted("u", "k", 2, T0).completed();
        api.readModel.store(List.of(job));

        var events = all(job.jobId(), null);

        assertThat(events).extracting(ServerSentEvent::id)
                .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8");
        assertThat(events.subList(0, 8)).extracting(ServerSentEvent::event).containsOnly("progress");
        assertThat(events.getLast().event()).isEqualTo("settled");
        assertThat(data(events.getLast())).hasToString("""
                {"jobId":"%s","version":8,"at":"2026-01-01T00:00:04Z","type":"JobCompleted","status":"completed",\
                "phase":"completed","waitingUntil":null,"retryCount":0,"lastError":null,"reasons":[],"retryBudget":2,\
                "facebookCampaignId":%s,"requested":{"adSets":2,"ads":2},"created":{"adSets":2,"ads":2},\
                "rollback":{"policy":"AUTOMATIC","triggered":false,"reason":null,"at":null,\
                "awaitingConfirmation":false,"declined":false,"confirmedBy":null},"cancelled":null,\
                "startAt":null,"timeZone":null}""".formatted(
                job.jobId(),
                data(events.getLast()).path("facebookCampaignId")));
        assertThat(data(events.get(3)).path("created").path("ads").intValue()).isZero();
        assertThat(data(events.get(4)).path("created").path("ads").intValue()).isEqualTo(2);
    }

    @Test
    void tells_what_goes_wrong_and_what_is_waited_for() {
        var job = ScriptedJob.accepted("u", "k", 2, T0).preVerified().suspendedHalfWay().deletedAll();
        api.readModel.store(List.of(job));

        var events = all(job.jobId(), null);

        var failed = events.stream().map(JobStreamIT::data)
                .filter(event -> event.path("type").stringValue().equals("SlotsFailed")).findFirst().orElseThrow();
        assertThat(failed.path("lastError").stringValue()).isEqualTo("the account is suspended (code 200/1487)");
        var end = data(events.getLast());
        assertThat(end.path("status").stringValue()).isEqualTo("rolled_back");
        assertThat(end.path("reasons")).isNotEmpty();
        assertThat(end.path("rollback").path("triggered").booleanValue()).isTrue();
    }

    @Test
    void goes_on_with_the_job() {
        var job = ScriptedJob.accepted("u", "k", 3, T0);
        api.readModel.store(List.of(job));
        var stored = new int[]{ job.history().size() };
        var followed = stream(job.jobId(), null).filter(event -> event.id() != null);

        StepVerifier.create(followed.map(ServerSentEvent::id))
                .expectNext("0", "1")
                .then(() -> {
                    api.readModel.store(job.preVerified(), stored[0]);
                    stored[0] = job.history().size();
                })
                .expectNext("2", "3")
                .then(() -> api.readModel.store(job.createdAll().verified(), stored[0]))
                .expectNext("4", "5", "6", "7", "8")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void waits_for_a_job_that_was_taken_but_has_not_begun() {
        var job = ScriptedJob.accepted("u", "k", 1, T0).completed();
        new JdbcTemplate(api.dataSource).update("insert into idempotency_keys values (?, 'f', 'u', 3, 4, now(), null)",
                job.jobId());

        StepVerifier.create(stream(job.jobId(), null))
                .expectNextMatches(event -> event.id() == null && Duration.ofSeconds(1).equals(event.retry()))
                .expectNextMatches(event -> "still here".equals(event.comment()))
                .then(() -> api.readModel.store(List.of(job)))
                .thenConsumeWhile(event -> !"settled".equals(event.event()))
                .expectNextMatches(event -> "8".equals(event.id()))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void goes_on_after_the_last_event_that_was_seen() {
        var job = ScriptedJob.accepted("u", "k", 2, T0).completed();
        api.readModel.store(List.of(job));

        assertThat(all(job.jobId(), "0")).extracting(ServerSentEvent::id).first().isEqualTo("1");
        var events = all(job.jobId(), "5");
        assertThat(events).extracting(ServerSentEvent::id).containsExactly("6", "7", "8");
        assertThat(data(events.getFirst()).path("created").path("ads").intValue()).isEqualTo(2);
        assertThat(all(job.jobId(), "7")).extracting(ServerSentEvent::event).containsExactly("settled");
        open(job.jobId(), "8").expectStatus().isNoContent();
        open(job.jobId(), "99").expectStatus().isNoContent();
    }

    @Test
    void tells_two_who_came_at_different_times_the_same() {
        var job = ScriptedJob.accepted("u", "k", 2, T0).preVerified();
        api.readModel.store(List.of(job));
        int stored = job.history().size();
        var late = new ArrayList<String>();

        StepVerifier.create(ids(job.jobId(), null))
                .expectNext("0", "1", "2", "3")
                .then(() -> ids(job.jobId(), "1").subscribe(late::add))
                .then(() -> await().atMost(PATIENCE).until(() -> late.equals(List.of("2", "3"))))
                .then(() -> api.readModel.store(job.createdAll().verified(), stored))
                .expectNext("4", "5", "6", "7", "8")
                .expectComplete()
                .verify(PATIENCE);
        await().atMost(PATIENCE).until(() -> late.equals(List.of("2", "3", "4", "5", "6", "7", "8")));
    }

    @Test
    void reads_a_long_history_to_its_end() {
        var job = ScriptedJob.accepted("u", "k", 60, T0).preVerified();
        for (int number = 1; number <= 60; number++) {
            int last = number;
            job.created(id -> id.number() == last, List.of(), RoundEnd.NOT_YET);
        }
        api.readModel.store(List.of(job.created(_ -> true, List.of(), RoundEnd.DONE).verified()));

        assertThat(all(job.jobId(), null)).hasSize(job.history().size()).hasSizeGreaterThan(60);
    }

    @Test
    void turns_away_who_would_be_one_too_many_and_frees_the_place_of_who_leaves() {
        var job = ScriptedJob.accepted("u", "k", 1, T0);
        api.readModel.store(List.of(job));
        var streams = new ArrayList<reactor.core.Disposable>();
        for (int number = 0; number < FOLLOWERS_MAX; number++) {
            streams.add(stream(job.jobId(), null).subscribe());
        }
        await().atMost(PATIENCE).until(() -> api.live.followers() == FOLLOWERS_MAX);

        open(job.jobId(), null).expectStatus().isEqualTo(503)
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody().jsonPath("$.detail").isNotEmpty();

        streams.removeFirst().dispose();
        await().atMost(PATIENCE).until(() -> !api.live.full());
        streams.add(stream(job.jobId(), null).subscribe());
        await().atMost(PATIENCE).until(() -> api.live.followers() == FOLLOWERS_MAX);
        streams.forEach(reactor.core.Disposable::dispose);
    }

    @Test
    void says_what_is_wrong() {
        open(UUID.randomUUID(), null).expectStatus().isNotFound().expectBody().jsonPath("$.title")
                .isEqualTo("No such job");
        var job = ScriptedJob.accepted("u", "k", 1, T0);
        api.readModel.store(List.of(job));
        for (var id : new String[]{ "-1", "x", "1.5", "9999999999999999999" }) {
            open(job.jobId(), id).expectStatus().isBadRequest().expectBody().jsonPath("$.errors[0].field")
                    .isEqualTo("Last-Event-ID");
        }
        api.client.get().uri("/v1/jobs/17/stream").exchange().expectStatus().isBadRequest();
    }

    private static ResponseSpec open(UUID jobId, @Nullable String lastEventId) {
        var request = api.client.get().uri("/v1/jobs/" + jobId + "/stream");
        return (lastEventId == null ? request : request.header("Last-Event-ID", lastEventId)).exchange();
    }

    private static Flux<ServerSentEvent<String>> stream(UUID jobId, @Nullable String lastEventId) {
        return open(jobId, lastEventId).expectStatus().isOk()
                .expectHeader().contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
                .returnResult(EVENT).getResponseBody();
    }

    private static Flux<String> ids(UUID jobId, @Nullable String lastEventId) {
        return stream(jobId, lastEventId).mapNotNull(ServerSentEvent::id);
    }

    /** Every event of a stream that ends; each is as the description says. */
    private static List<ServerSentEvent<String>> all(UUID jobId, @Nullable String lastEventId) {
        var events = stream(jobId, lastEventId).filter(event -> event.id() != null).collectList().block(PATIENCE);
        events.forEach(event -> HttpApi.DESCRIBED.check(HttpApi.DESCRIBED.schema("Progress"), data(event), event.id()));
        return events;
    }

    private static JsonNode data(ServerSentEvent<String> event) {
        return JsonMapper.shared().readTree(event.data());
    }
}
