package io.campaignlauncher.job.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.job.model.AdSetSpec;
import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.CampaignSpec;
import io.campaignlauncher.job.model.JobStatus;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.job.notify.model.Delivery;
import io.campaignlauncher.job.notify.model.Notification;
import io.campaignlauncher.job.notify.model.Notification.Counts;
import io.campaignlauncher.job.notify.model.NotificationKind;
import io.campaignlauncher.job.notify.model.Signing;
import io.campaignlauncher.job.notify.model.SigningSecrets;
import io.campaignlauncher.job.stored.JobHistory;
import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.job.webhook.TestWebhooks;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.schemas.LaunchRecords;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deliveries from the real table to real servers, at a time that the test chooses. */
@ExtendWith(OutputCaptureExtension.class)
class WebhookCourierIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final SigningSecrets SECRETS = SigningSecrets.of(Base64.getEncoder().encodeToString(new byte[32]));

    private static DataSource dataSource;
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final WebhookDeliveries deliveries = new WebhookDeliveries(JdbcClient.create(dataSource));
    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-01-01T12:00:00Z"));
    private final TestWebhooks webhooks = TestWebhooks.on(dataSource, clock);
    private final NotifiedJobs jobs = new NotifiedJobs(new JobHistory(dataSource, new LaunchRecords().encoding()));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<AutoCloseable> started = new ArrayList<>();

    @BeforeAll
    static void database() {
        dataSource = TestInfrastructure.database("webhook_courier");
    }

    @BeforeEach
    void nothing_to_deliver() {
        jdbc.execute("truncate webhook_deliveries");
    }

    @AfterEach
    void stop() throws Exception {
        for (var one : started.reversed()) {
            one.close();
        }
    }

    @Test
    void delivers_what_is_due_once() {
        var receiver = receiver(200);
        var id = note(receiver.address());
        clock.advance(Duration.ofSeconds(3));

        courier(4, 4);

        awaitStatus(id, "delivered");
        assertThat(receiver.received()).singleElement()
                .satisfies(got -> assertThat(got.id()).isEqualTo(
                        Notification.id(id, NotificationKind.COMPLETED).toString()));
        assertThat(row(id)).containsEntry("attempts", 1).containsEntry("last_error", null);
        assertThat(count("delivered")).isEqualTo(1);
        assertThat(meters.get("launch.webhooks.time").timer().mean(TimeUnit.SECONDS))
                .isEqualTo(3);
    }

    @Test
    void tries_again_with_the_same_id_and_a_fresh_timestamp() {
        var receiver = receiver(500, 302, 200);
        var noted = clock.instant();
        var id = note(receiver.address());
        courier(4, 4);
        awaitAttempts(id, 1, "answered 500");
        clock.advance(Duration.ofSeconds(5));
        awaitAttempts(id, 2, "answered 302; redirects are not followed");
        clock.advance(Duration.ofSeconds(10));
        awaitStatus(id, "delivered");

        assertThat(receiver.received()).hasSize(3).extracting(Receiver.Received::id).containsOnly(
                Notification.id(id, NotificationKind.COMPLETED).toString());
        assertThat(receiver.received()).extracting(got -> Long.parseLong(got.timestamp()) - noted.getEpochSecond())
                .containsExactly(0L, 5L, 15L);
        assertThat(receiver.received()).allSatisfy(got -> assertThat(VerifyingExample.isGenuine(got.id(),
                got.timestamp(), got.signature(), got.body(), new byte[32], clock.instant())).isTrue());
        assertThat(receiver.received()).extracting(Receiver.Received::traceparent).doesNotHaveDuplicates()
                .allSatisfy(trace -> assertThat(trace).startsWith(Receiver.TRACE.substring(0, 35)));
        assertThat(count("failed")).isEqualTo(2);
        assertThat(row(id)).containsEntry("last_error", null);
    }

    @Test
    void finds_a_receiver_that_comes_up_later() {
        var gone = receiver(200);
        int port = gone.port();
        gone.close();
        var id = note("http://127.0.0.1:" + port + "/?key=" + Receiver.SECRET_PART);
        courier(4, 4);
        await().atMost(PATIENCE).until(() -> String.valueOf(row(id).get("last_error")).contains("refused"));

        var receiver = Receiver.answeringOn(port, 200);
        started.add(receiver);
        clock.advance(Duration.ofSeconds(5));

        awaitStatus(id, "delivered");
    }

    @Test
    void gives_up_after_a_day_with_one_warning(CapturedOutput output) {
        var receiver = receiver(503);
        var id = note(receiver.address());
        courier(4, 4);
        int attempt = 1;
        for (; attempt < 100; attempt++) {
            int nth = attempt;
            await().atMost(PATIENCE).until(() -> receiver.received().size() >= nth && "answered 503".equals(row(id)
                    .get("last_error")) && settled(nth));
            if (!"pending".equals(row(id).get("status"))) {
                break;
            }
            clock.advance(Duration.between(clock.instant(), due(id)));
        }

        assertThat(row(id)).containsEntry("status", "given_up").containsEntry("last_error", "answered 503");
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-02T12:00:00Z"));
        assertThat(attempt).as("ten while the pause doubles, then about one an hour").isBetween(33, 42);
        assertThat(receiver.received()).hasSize(attempt);
        assertThat(count("given_up")).isEqualTo(1);
        assertThat(count("failed")).isEqualTo(attempt - 1);
        assertThat(output.getAll()).containsOnlyOnce("job.completed of job " + id)
                .contains("to http://127.0.0.1:" + receiver.port() + " is given up: answered 503")
                .doesNotContain(Receiver.SECRET_PART);
    }

    @Test
    void gives_up_at_once_where_nobody_wants_it_any_more() {
        var id = note(receiver(410).address());
        courier(4, 4);
        awaitStatus(id, "given_up");
        assertThat(row(id)).containsEntry("attempts", 1);
    }

    @Test
    void delivers_what_a_process_had_claimed_that_died_before_it_sent() {
        var receiver = receiver(200);
        var id = note(receiver.address());
        assertThat(claim()).extracting(Delivery::jobId).containsExactly(id);
        assertThat(claim()).as("it is somebody's").isEmpty();

        clock.advance(settings(4, 4).lease());
        courier(4, 4);

        awaitStatus(id, "delivered");
        assertThat(receiver.received()).hasSize(1);
        assertThat(row(id)).containsEntry("attempts", 2);
    }

    @Test
    void repeats_with_the_same_id_what_a_process_had_sent_that_died_before_it_noted_so() {
        var receiver = receiver(200);
        var id = note(receiver.address());
        try (var sender = new WebhookSender(settings(4, 4))) {
            sender.send(claim().getFirst(), Signing.With.secretForAll(SECRETS), clock.instant());
        }

        clock.advance(settings(4, 4).lease());
        courier(4, 4);

        awaitStatus(id, "delivered");
        assertThat(receiver.received()).hasSize(2).extracting(Receiver.Received::id).containsOnly(
                Notification.id(id, NotificationKind.COMPLETED).toString());
    }

    @Test
    void takes_no_late_word_for_the_last_but_a_success() {
        var id = note("http://127.0.0.1:1/");
        var first = claim().getFirst();
        clock.advance(settings(4, 4).lease());
        var second = claim().getFirst();

        assertThat(deliveries.tryAgain(first, clock.instant(), "too late")).isFalse();
        assertThat(deliveries.giveUp(first, clock.instant(), "too late")).isFalse();
        assertThat(deliveries.giveUp(second, clock.instant(), "gone")).isTrue();
        assertThat(row(id)).containsEntry("status", "given_up").containsEntry("last_error", "gone");
        assertThat(deliveries.delivered(first, clock.instant())).isTrue();
        assertThat(deliveries.delivered(second, clock.instant())).as("no news").isFalse();
        assertThat(row(id)).containsEntry("status", "delivered");
    }

    @Test
    void two_processes_deliver_each_notification_once() {
        var receiver = receiver(200);
        var ids = new HashSet<UUID>();
        for (int i = 0; i < 60; i++) {
            ids.add(note(receiver.address()));
        }

        courier(8, 8);
        courier(8, 8);

        await().atMost(PATIENCE).until(() -> delivered() == 60);
        assertThat(receiver.received()).hasSize(60).extracting(Receiver.Received::id).doesNotHaveDuplicates();
        assertThat(count("delivered")).isEqualTo(60);
    }

    @Test
    void a_receiver_that_does_not_answer_holds_up_nobody_else() throws Exception {
        var ever = new CountDownLatch(1);
        var silent = Receiver.answering((_, _) -> ever.await());
        started.add(silent);
        for (int i = 0; i < 50; i++) {
            note(silent.address());
        }
        clock.advance(Duration.ofSeconds(1));
        var quick = receiver(200);
        for (int i = 0; i < 20; i++) {
            note("http://localhost:" + quick.port() + "/");
        }

        courier(6, 3);

        await().atMost(PATIENCE).until(() -> delivered() == 20);
        assertThat(silent.received()).as("only so many at once").hasSizeLessThanOrEqualTo(3);
        ever.countDown();
    }

    @Test
    void claims_no_more_of_a_host_than_it_may() {
        for (int i = 0; i < 5; i++) {
            note("http://one.example.com/");
            note("http://other.example.com/");
        }
        assertThat(deliveries.claim(clock.instant(), clock.instant().plusSeconds(60), 10, 3,
                Map.of("one.example.com", 2))).extracting(Delivery::host)
                .containsExactlyInAnyOrder("one.example.com", "other.example.com", "other.example.com",
                        "other.example.com");
        assertThat(deliveries.claim(clock.instant(), clock.instant().plusSeconds(60), 1, 3,
                Map.of("one.example.com", 3))).extracting(Delivery::host).containsExactly("other.example.com");
    }

    @Test
    void goes_on_when_the_database_was_away() {
        var receiver = receiver(200);
        jdbc.execute("alter table webhook_deliveries rename to hidden");
        var rollbacks = rollbacks();
        courier(4, 4);
        await().atMost(PATIENCE).until(() -> rollbacks() > rollbacks);
        jdbc.execute("alter table hidden rename to webhook_deliveries");

        awaitStatus(note(receiver.address()), "delivered");
    }

    @Test
    void forgets_what_is_done_after_a_while_and_nothing_else() {
        var done = note("http://127.0.0.1:1/");
        deliveries.delivered(claim().getFirst(), clock.instant());
        var pending = note("http://127.0.0.1:1/");
        assertThat(deliveries.purge(clock.instant())).isZero();
        assertThat(deliveries.purge(clock.instant().plusMillis(1))).isEqualTo(1);
        assertThat(jdbc.queryForList("select job_id from webhook_deliveries", UUID.class)).containsExactly(pending)
                .doesNotContain(done);
    }

    private Receiver receiver(int... statuses) {
        var receiver = Receiver.answering(statuses);
        started.add(receiver);
        return receiver;
    }

    private static WebhookSettings settings(int atOnce, int perHost) {
        return new WebhookSettings(true, Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(5),
                Duration.ofHours(1), Duration.ofHours(24), atOnce, perHost, Duration.ofMillis(20), Duration.ofDays(30));
    }

    private void courier(int atOnce, int perHost) {
        var settings = settings(atOnce, perHost);
        var signing = new DeliverySigning(webhooks.secrets(), jobs, SECRETS, false);
        var courier = new WebhookCourier(deliveries, webhooks.secrets(), signing, settings,
                () -> new WebhookSender(settings), new WebhookMeters(meters), new Progress("webhooks", meters), clock);
        started.add(courier::stop);
        courier.start();
    }

    private List<Delivery> claim() {
        return deliveries.claim(clock.instant(), clock.instant().plus(settings(4, 4).lease()), 10, 10, Map.of());
    }

    /** Notes a notification about a job of its own. @return the job */
    private UUID note(String address) {
        var job = UUID.randomUUID();
        var request = new LaunchRequest("key", "u", "act_1", "c", Strategy.FOR_ALL, 1, null, null, null,
                new CampaignSpec("n", "OUTCOME_SALES", List.of(), Map.of()),
                new AdSetSpec(1L, "IMPRESSIONS", "REACH", "{\"a\":1}", Map.of()), new AdSpec("{\"b\":1}", Map.of()),
                null, null, null, address, 5);
        var notification = new Notification(job, NotificationKind.COMPLETED, clock.instant(), JobStatus.COMPLETED,
                request, new Counts(1, 1), new Counts(1, 1), "1", List.of(), null, 0, List.of());
        deliveries.note(notification, new NotifiedJobs.NamedWebhook(address, Ownership.LOCAL),
                NotificationBody.of(notification), Receiver.TRACE, clock.instant());
        return job;
    }

    private Map<String, Object> row(UUID job) {
        return jdbc.queryForMap("select * from webhook_deliveries where job_id = ?", job);
    }

    private Instant due(UUID job) {
        return jdbc.queryForObject("select next_attempt_at from webhook_deliveries where job_id = ?",
                OffsetDateTime.class, job).toInstant();
    }

    /** The n-th attempt was noted: the row is not lent any more. */
    private boolean settled(int attempt) {
        return count("failed") + count("given_up") >= attempt;
    }

    private void awaitStatus(UUID job, String status) {
        await().atMost(PATIENCE).until(() -> status.equals(row(job).get("status")));
    }

    private void awaitAttempts(UUID job, int attempts, String error) {
        await().atMost(PATIENCE).until(() -> error.equals(row(job).get("last_error")) && settled(attempts));
    }

    private long delivered() {
        return jdbc.queryForObject("select count(*) from webhook_deliveries where status = 'delivered'", Long.class);
    }

    private double count(String outcome) {
        return meters.get("launch.webhooks").tag("outcome", outcome).counter().count();
    }

    private long rollbacks() {
        return jdbc.queryForObject(
                "select xact_rollback from pg_stat_database where datname = current_database()", Long.class);
    }
}
