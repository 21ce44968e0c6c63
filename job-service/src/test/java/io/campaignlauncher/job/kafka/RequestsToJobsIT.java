package io.campaignlauncher.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.job.axon.JobHost;
import io.campaignlauncher.job.axon.Requests;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Phase;
import io.campaignlauncher.job.model.RequestFingerprint;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.webhook.WebhookAdmission;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.Anomalies;
import io.campaignlauncher.messaging.Anomaly;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.JobFailed;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.core.publisher.Mono;

/** Requests on their way to the real event store, in an instance that may not know their tokens. */
class RequestsToJobsIT {

    private static String databaseUrl;
    private static JobHost host;

    private final LaunchRecords records = new LaunchRecords();
    private final Map<String, String> tokens = new ConcurrentHashMap<>(Map.of("default", "a-token"));
    /** Ad accounts that no token may be used for. */
    private final Set<String> notFor = ConcurrentHashMap.newKeySet();
    private final List<String> parked = new CopyOnWriteArrayList<>();
    private final JobCommandListener listener = listener(host);

    @BeforeAll
    static void startHost() {
        databaseUrl = TestDatabase.shared().createDatabase("requests_to_jobs");
        host = newHost();
    }

    private static JobHost newHost() {
        return new JobHost(databaseUrl, TestDatabase.shared().username(), TestDatabase.shared().password(),
                JobPolicy.defaults(Duration.ofSeconds(10)));
    }

    @AfterAll
    static void stopHost() {
        host.close();
    }

    @Test
    void a_request_waits_for_a_token_that_is_on_its_way_to_this_instance_and_holds_up_no_other() {
        var early = request("early", "stored-elsewhere");
        var other = request("other", "default");

        var poll = CompletableFuture.runAsync(() -> take(early, other));
        await().until(() -> state(other).phase() == Phase.PRE_VERIFYING);
        assertThat(state(early).phase()).isEqualTo(Phase.ABSENT);
        tokens.put("stored-elsewhere", "another-token");
        poll.join();

        assertThat(state(early).phase()).isEqualTo(Phase.PRE_VERIFYING);
        assertThat(parked).isEmpty();
    }

    @Test
    void a_request_that_was_answered_as_taken_becomes_a_job_that_fails_with_the_reason() {
        var taken = request("taken", "removed");
        promise(taken);

        take(taken);

        assertThat(state(taken).phase()).isEqualTo(Phase.FAILED);
        var ended = host.jobs.state(jobId(taken));
        assertThat(ended.terms().request().credentialId()).isEqualTo("removed");
        assertThat(reasons(taken)).containsExactly("credentialId is not known");
        assertThat(parked).isEmpty();
    }

    @Test
    void a_request_that_nobody_was_told_about_is_parked_and_becomes_no_job() {
        var record = request("over-kafka", "never-stored");

        take(record);

        assertThat(state(record).phase()).isEqualTo(Phase.ABSENT);
        assertThat(parked).containsExactly("credentialId is not known");
    }

    @Test
    void a_request_for_an_ad_account_that_the_token_may_not_be_used_for_is_refused_until_it_may() {
        tokens.put("narrow", "token");
        var taken = request("not-its-account", "narrow");
        notFor.add(taken.getAdAccountId());
        promise(taken);

        take(taken, request("nor-this", "narrow"));

        assertThat(reasons(taken)).containsExactly("adAccountId may not be used with this credential");
        assertThat(parked).containsExactly("adAccountId may not be used with this credential");
        notFor.clear();
        var later = request("its-account", "narrow");
        take(later);
        assertThat(state(later).phase()).isEqualTo(Phase.PRE_VERIFYING);
    }

    @Test
    void a_token_that_was_waited_for_in_vain_counts_as_soon_as_it_is_there() {
        take(request("too-early", "stored-late"));
        assertThat(parked).hasSize(1);
        tokens.put("stored-late", "a-token");
        var again = request("in-time", "stored-late");

        take(again);

        assertThat(state(again).phase()).isEqualTo(Phase.PRE_VERIFYING);
    }

    @Test
    void a_promise_of_another_request_under_the_same_key_counts_for_nothing() {
        var promised = request("same-key", "removed");
        promise(promised);

        take(Requests.forAll("same-key", 7), "removed");

        assertThat(state(promised).phase()).isEqualTo(Phase.ABSENT);
        assertThat(parked).hasSize(1);
    }

    @Test
    void a_job_that_cannot_be_decided_has_its_records_parked_and_the_others_of_their_poll_go_on() {
        var broken = request("broken", "default");
        var other = request("beside-it", "default");
        take(broken);
        JdbcClient.create(host.dataSource()).sql("""
                update event_store.domain_events set payload_type = 'JobAdmired', payload = '\\x0102'
                where aggregate_identifier = ? and sequence_number = 1""").param(jobId(broken)).update();

        try (var another = newHost()) {
            var listener = listener(another);
            listener.onMessage(records(broken, other));
            listener.onMessage(records(broken));

            assertThat(another.meters.get("jobs.undecidable").counter().count()).isEqualTo(2);
        }
        assertThat(state(other).phase()).isEqualTo(Phase.PRE_VERIFYING);
        assertThat(parked).hasSize(2).allMatch(reason -> reason.startsWith("its job cannot be decided: "));
    }

    @Test
    void an_outage_of_the_database_parks_nothing() {
        var request = request("in-an-outage", "default");
        var database = JdbcClient.create(host.dataSource());
        database.sql("alter table event_store.domain_events rename to out_of_reach").update();

        assertThatThrownBy(() -> take(request)).isNotNull();

        database.sql("alter table event_store.out_of_reach rename to domain_events").update();
        assertThat(parked).isEmpty();
        take(request);
        assertThat(state(request).phase()).isEqualTo(Phase.PRE_VERIFYING);
    }

    private JobCommandListener listener(JobHost on) {
        var meters = new SimpleMeterRegistry();
        var deadLetters = new DeadLetters(record -> Mono.fromRunnable(() -> parked.add(
                new String(record.headers().lastHeader("dlt-reason").value(), StandardCharsets.UTF_8))), meters,
                Clock.systemUTC());
        var credentials = new AccessTokens() {

            @Override
            public Optional<String> accessToken(CredentialName name) {
                return Optional.ofNullable(tokens.get(name.id()));
            }

            @Override
            public Optional<String> accessToken(CredentialName name, String adAccountId) {
                return accessToken(name).filter(_ -> !notFor.contains(adAccountId));
            }
        };
        return new JobCommandListener(records, on.jobs, deadLetters,
                new RequestReader(credentials, TestAuthors.anybody(), new WebhookRules(true, true),
                        WebhookAdmission.ofAny(), Clock.systemUTC()),
                new Anomalies(meters), Anomaly.REQUEST_REPEATED);
    }

    private static CreateCampaign request(String key, String credentialId) {
        return CreateCampaign.newBuilder(LaunchRequests.toAvro(Requests.forAll(key, 1))).setCredentialId(credentialId)
                .build();
    }

    private static String jobId(CreateCampaign request) {
        return JobIds.of(request.getUserId(), request.getIdempotencyKey()).toString();
    }

    private static JobState state(CreateCampaign request) {
        return host.jobs.state(jobId(request));
    }

    private static void promise(CreateCampaign message) {
        LaunchRequest request = LaunchRequests.fromCommand(message);
        JdbcClient.create(host.dataSource()).sql("""
                insert into idempotency_keys (job_id, fingerprint, user_id, ad_sets, ads, created_at)
                values (?::uuid, ?, ?, 1, 1, now())""")
                .params(jobId(message), RequestFingerprint.of(request), request.userId()).update();
    }

    private List<String> reasons(CreateCampaign request) {
        return JdbcClient.create(host.dataSource()).sql("""
                select payload from event_store.domain_events
                where aggregate_identifier = ? and payload_type = 'JobFailed'""").param(jobId(request))
                .query(byte[].class).list().stream()
                .flatMap(bytes -> ((JobFailed) records.encoding().decode("JobFailed", bytes)).getReasons().stream())
                .toList();
    }

    private void take(LaunchRequest request, String credentialId) {
        take(CreateCampaign.newBuilder(LaunchRequests.toAvro(request)).setCredentialId(credentialId).build());
    }

    private void take(CreateCampaign... requests) {
        listener.onMessage(records(requests));
    }

    private List<ConsumerRecord<String, byte[]>> records(CreateCampaign... requests) {
        var poll = new ArrayList<ConsumerRecord<String, byte[]>>();
        for (var request : requests) {
            var sent = records.createCampaign(request, "/test", Instant.EPOCH);
            var record = new ConsumerRecord<>(sent.topic(), 0, poll.size(), sent.key(), sent.value());
            sent.headers().forEach(record.headers()::add);
            poll.add(record);
        }
        return poll;
    }
}
