package io.campaignlauncher.job.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.model.JobStatus;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.notify.model.Notification;
import io.campaignlauncher.job.notify.model.NotificationKind;
import io.campaignlauncher.job.notify.model.SigningSecrets;
import io.campaignlauncher.job.stored.JobHistory;
import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.job.webhook.TestWebhooks;
import io.campaignlauncher.job.webhook.WebhookKey;
import io.campaignlauncher.job.webhook.WebhookRegistry;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.readmodel.ReadModelUnderTest;
import io.campaignlauncher.readmodel.ScriptedJob;
import io.campaignlauncher.schemas.LaunchRecords;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
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

/** What registered webhooks are told, from the real table to a real server, verified by an implementation that is not ours. */
@ExtendWith(OutputCaptureExtension.class)
class RegisteredWebhookDeliveriesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final LaunchRecords RECORDS = new LaunchRecords();
    private static final byte[] FOR_ALL = new byte[32];
    private static final Principal ANN = somebody("acme", "ann");
    private static final Principal BOB = somebody("acme", "bob");
    private static final Principal NAMESAKE = somebody("other", "ann");

    private static DataSource dataSource;
    private static ReadModelUnderTest store;
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final WebhookDeliveries deliveries = new WebhookDeliveries(JdbcClient.create(dataSource));
    /** Near the machine's, which the other implementation compares with. */
    private final SteppedClock clock = new SteppedClock(Instant.ofEpochSecond(Instant.now().getEpochSecond()));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestWebhooks webhooks = TestWebhooks.on(dataSource, clock);
    private final List<AutoCloseable> started = new ArrayList<>();

    private static Principal somebody(String tenant, String subject) {
        return new Principal(tenant, subject, subject, Set.of(Role.ADVERTISER),
                new Principal.Session(new UUID(1, 1)));
    }

    @BeforeAll
    static void database() {
        dataSource = TestInfrastructure.database("registered_webhooks");
        store = new ReadModelUnderTest(dataSource);
    }

    @BeforeEach
    void nothing_to_deliver() {
        jdbc.execute("truncate webhook_deliveries");
        jdbc.execute("delete from webhooks");
    }

    @AfterEach
    void stop() throws Exception {
        for (var one : started.reversed()) {
            one.close();
        }
    }

    @Test
    void carries_the_standard_headers_signed_with_its_own_secret_beside_ours() throws Exception {
        var receiver = receiver(200);
        var secret = webhooks.registered(ANN, receiver.address()).secret();
        var others = webhooks.registered(BOB, receiver.address()).secret();
        var job = note(ANN, receiver.address());

        courier(webhooks, false);
        awaitStatus(job, "delivered");

        var got = receiver.received().getFirst();
        verify(got, secret);
        assertThatThrownBy(() -> verify(got, others)).isInstanceOf(WebhookVerificationException.class);
        assertThat(header(got, "Webhook-id")).isEqualTo(got.id())
                .isEqualTo(Notification.id(job, NotificationKind.COMPLETED).toString());
        assertThat(header(got, "Webhook-timestamp")).isEqualTo(got.timestamp());
        assertThat(isGenuine(got, FOR_ALL)).as("ours is as before").isTrue();
        assertThat(isGenuine(got, secret.bytes())).isFalse();
    }

    @Test
    void where_everybody_shows_who_they_are_the_secret_for_all_signs_nothing() throws Exception {
        var receiver = receiver(200);
        var secret = webhooks.registered(ANN, receiver.address()).secret();
        var job = note(ANN, receiver.address());

        courier(webhooks, true);
        awaitStatus(job, "delivered");

        var got = receiver.received().getFirst();
        verify(got, secret);
        assertThat(isGenuine(got, secret.bytes())).isTrue();
        assertThat(isGenuine(got, FOR_ALL)).isFalse();
    }

    @Test
    void an_address_that_others_registered_is_told_of_nobody_elses_jobs(CapturedOutput output) {
        var receiver = receiver(200);
        webhooks.registered(ANN, receiver.address());
        var jobs = List.of(note(BOB, receiver.address()), note(NAMESAKE, receiver.address()));

        courier(webhooks, true);

        for (var job : jobs) {
            awaitStatus(job, "given_up");
            assertThat(row(job)).containsEntry("attempts", 1)
                    .containsEntry("last_error", "not sent: the webhook is not registered any more");
        }
        assertThat(receiver.received()).isEmpty();
        assertThat(output.getAll()).contains("not registered any more").doesNotContain(Receiver.SECRET_PART);
    }

    @Test
    void where_nobody_is_told_apart_an_unregistered_address_is_told_as_ever() {
        var receiver = receiver(200);
        webhooks.registered(ANN, receiver.address());
        var job = note(BOB, receiver.address());

        courier(webhooks, false);
        awaitStatus(job, "delivered");

        var got = receiver.received().getFirst();
        assertThat(isGenuine(got, FOR_ALL)).isTrue();
        assertThat(got.headers().keySet()).noneMatch(name -> name.startsWith("Webhook-"));
    }

    @Test
    void what_waits_when_its_webhook_is_deleted_is_given_up_and_not_sent() {
        var receiver = receiver(500);
        var id = webhooks.registered(ANN, receiver.address()).webhook().id();
        var job = note(ANN, receiver.address());
        courier(webhooks, true);
        await().atMost(PATIENCE).until(() -> "answered 500".equals(row(job).get("last_error")));

        webhooks.registry().delete(Visibility.asAdmin(ANN), id, TestWebhooks.caller(ANN));
        clock.advance(Duration.ofSeconds(5));

        awaitStatus(job, "given_up");
        assertThat(row(job)).containsEntry("last_error", "not sent: the webhook is not registered any more");
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void what_waits_while_the_secret_is_changed_is_signed_with_both_and_later_with_the_new_one() throws Exception {
        var receiver = receiver(500, 500, 200);
        var made = webhooks.registered(ANN, receiver.address());
        var job = note(ANN, receiver.address());
        courier(webhooks, true);
        awaitReceived(receiver, 1);

        var newer = webhooks.rotated(ANN, made.webhook().id());
        clock.advance(Duration.ofSeconds(5));
        awaitReceived(receiver, 2);
        clock.advance(WebhookRegistry.OVERLAP);
        awaitStatus(job, "delivered");

        var received = receiver.received();
        assertThat(header(received.getFirst(), "Webhook-signature").split(" ")).hasSize(1);
        verify(received.getFirst(), made.secret());
        assertThat(header(received.get(1), "Webhook-signature").split(" ")).hasSize(2);
        verify(received.get(1), made.secret());
        verify(received.get(1), newer);
        var last = received.get(2);
        assertThat(header(last, "Webhook-signature")).as("its time is too far for the other implementation to verify")
                .isEqualTo(new Webhook(newer.text()).sign(last.id(), Long.parseLong(last.timestamp()),
                        new String(last.body(), StandardCharsets.UTF_8)));
    }

    @Test
    void what_cannot_be_signed_for_now_waits_and_holds_up_nobody_else() throws Exception {
        var receiver = receiver(200);
        var sealed = TestWebhooks.on(dataSource, clock, TestWebhooks.key(2)).registered(BOB, receiver.address());
        var secret = webhooks.registered(ANN, receiver.address()).secret();
        var waiting = note(BOB, receiver.address());
        var job = note(ANN, receiver.address());
        courier(webhooks, false);

        awaitStatus(job, "delivered");
        await().atMost(PATIENCE).until(() -> row(waiting).get("last_error") != null);
        assertThat(row(waiting)).containsEntry("status", "pending").containsEntry("last_error",
                "not sent: no key of launch.credentials.key opens the webhook's secret");
        verify(receiver.received().getFirst(), secret);
        assertThat(receiver.received()).hasSize(1);

        stopAll();
        clock.advance(Duration.ofSeconds(5));
        courier(TestWebhooks.on(dataSource, clock, TestWebhooks.key(1) + "," + TestWebhooks.key(2)), false);
        awaitStatus(waiting, "delivered");
        verify(receiver.received().get(1), sealed.secret());
    }

    @Test
    void nothing_is_lost_where_the_database_does_not_answer_in_the_middle_of_it() {
        var receiver = receiver(200);
        webhooks.registered(ANN, receiver.address());
        var job = note(ANN, receiver.address());
        jdbc.execute("alter table webhook_secrets rename encrypted to hidden");
        var rollbacks = rollbacks();
        try {
            courier(webhooks, true);
            await().atMost(PATIENCE).until(() -> row(job).get("attempts").equals(1) && rollbacks() > rollbacks);
            assertThat(receiver.received()).isEmpty();
        } finally {
            jdbc.execute("alter table webhook_secrets rename hidden to encrypted");
        }

        clock.advance(settings().lease());

        awaitStatus(job, "delivered");
        assertThat(receiver.received()).hasSize(1);
        assertThat(row(job)).containsEntry("attempts", 2);
    }

    @Test
    void several_processes_deliver_each_notification_once() {
        var receiver = receiver(200);
        webhooks.registered(ANN, receiver.address());
        IntStream.range(0, 40).forEach(_ -> note(ANN, receiver.address()));

        courier(webhooks, true);
        courier(TestWebhooks.on(dataSource, clock), true);

        await().atMost(PATIENCE).until(() -> jdbc.queryForObject(
                "select count(*) from webhook_deliveries where status = 'delivered'", Integer.class) == 40);
        assertThat(receiver.received()).hasSize(40).extracting(Receiver.Received::id).doesNotHaveDuplicates();
    }

    @Test
    void what_an_earlier_version_noted_is_told_to_the_webhook_of_the_jobs_owner() throws Exception {
        var receiver = receiver(200);
        var secret = webhooks.registered(ANN, receiver.address()).secret();
        var job = ScriptedJob.accepted(request(receiver.address()).ownedBy(new Ownership("acme", "ann")),
                clock.instant()).completed();
        store.store(job);
        var noted = note(ANN, receiver.address());
        jdbc.update("update webhook_deliveries set job_id = ?, tenant = null, owner = null where job_id = ?",
                job.jobId(), noted);
        courier(webhooks, true);

        awaitStatus(job.jobId(), "delivered");
        verify(receiver.received().getFirst(), secret);
    }

    @Test
    void its_owner_sees_when_it_last_took_something_and_when_it_last_failed() {
        var receiver = receiver(503, 200);
        webhooks.registered(ANN, receiver.address());
        var job = note(ANN, receiver.address());
        var noted = clock.instant();
        courier(webhooks, true);
        await().atMost(PATIENCE).until(() -> webhooks.registry().list(Visibility.asAdmin(ANN), null, 1).getFirst()
                .lastFailedAt() != null);
        clock.advance(Duration.ofSeconds(5));
        awaitStatus(job, "delivered");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                webhooks.registry().list(Visibility.asAdmin(ANN), null, 1)).singleElement().satisfies(seen -> {
                    assertThat(seen.lastFailedAt()).isEqualTo(noted);
                    assertThat(seen.lastError()).isEqualTo("answered 503");
                    assertThat(seen.lastDeliveredAt()).isEqualTo(noted.plusSeconds(5));
                }));
    }

    /** As a receiver does that uses the library of Standard Webhooks. */
    private static void verify(Receiver.Received got, WebhookKey secret) throws WebhookVerificationException {
        new Webhook(secret.text()).verify(new String(got.body(), StandardCharsets.UTF_8),
                Map.of(Webhook.UNBRANDED_MSG_ID_KEY, List.of(header(got, "Webhook-id")),
                        Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, List.of(header(got, "Webhook-timestamp")),
                        Webhook.UNBRANDED_MSG_SIGNATURE_KEY, List.of(header(got, "Webhook-signature"))));
    }

    private boolean isGenuine(Receiver.Received got, byte[] secret) {
        try {
            return VerifyingExample.isGenuine(got.id(), got.timestamp(), got.signature(), got.body(), secret,
                    clock.instant());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param name as the JDK's server writes it */
    private static String header(Receiver.Received got, String name) {
        assertThat(got.headers()).containsKey(name);
        assertThat(got.headers().get(name)).hasSize(1);
        return got.headers().get(name).getFirst();
    }

    private Receiver receiver(int... statuses) {
        var receiver = Receiver.answering(statuses);
        started.add(receiver);
        return receiver;
    }

    private static WebhookSettings settings() {
        return new WebhookSettings(true, Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(5),
                Duration.ofHours(1), Duration.ofDays(3), 8, 8, Duration.ofMillis(20), Duration.ofDays(30));
    }

    private void courier(TestWebhooks known, boolean registeredOnly) {
        var signing = new DeliverySigning(known.secrets(),
                new NotifiedJobs(new JobHistory(dataSource, RECORDS.encoding())),
                SigningSecrets.of(Base64.getEncoder().encodeToString(FOR_ALL)), registeredOnly);
        var courier = new WebhookCourier(deliveries, known.secrets(), signing, settings(),
                () -> new WebhookSender(settings()), new WebhookMeters(meters), new Progress("webhooks", meters),
                clock);
        started.add(courier::stop);
        courier.start();
    }

    private void stopAll() throws Exception {
        var couriers = started.stream().filter(one -> !(one instanceof Receiver)).toList();
        for (var one : couriers) {
            one.close();
        }
        started.removeAll(couriers);
    }

    /** Notes a notification about a job of its own. @return the job */
    private UUID note(Principal owner, String address) {
        var job = UUID.randomUUID();
        var notification = new Notification(job, NotificationKind.COMPLETED, clock.instant(),
                JobStatus.COMPLETED, request(address), new Notification.Counts(1, 1),
                new Notification.Counts(1, 1), "1", List.of(), null, 0, List.of());
        deliveries.note(notification,
                new NotifiedJobs.NamedWebhook(address, new Ownership(owner.tenant(), owner.subject())),
                NotificationBody.of(notification), Receiver.TRACE, clock.instant());
        return job;
    }

    private static LaunchRequest request(String webhook) {
        var r = ScriptedJob.request("u", "key", 2, RollbackPolicy.AUTOMATIC);
        return new LaunchRequest(r.idempotencyKey(), r.userId(), r.adAccountId(), r.credentialId(), r.strategy(),
                r.adSetCount(), r.adCount(), r.pageId(), r.pixelId(), r.campaign(), r.adSet(), r.ad(), r.retryBudget(),
                r.rollbackPolicy(), r.duplicateName(), webhook, r.priority());
    }

    private Map<String, Object> row(UUID job) {
        return jdbc.queryForMap("select * from webhook_deliveries where job_id = ?", job);
    }

    private long rollbacks() {
        return jdbc.queryForObject("select xact_rollback from pg_stat_database where datname = current_database()",
                Long.class);
    }

    private void awaitStatus(UUID job, String status) {
        await().atMost(PATIENCE).until(() -> status.equals(row(job).get("status")));
    }

    /** Each was noted as failed: the row is due again when its time has come. */
    private void awaitReceived(Receiver receiver, int attempts) {
        await().atMost(PATIENCE).until(() -> receiver.received().size() == attempts
                && meters.get("launch.webhooks").tag("outcome", "failed").counter().count() == attempts);
    }
}
