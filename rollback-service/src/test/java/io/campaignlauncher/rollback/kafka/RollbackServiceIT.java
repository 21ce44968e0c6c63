package io.campaignlauncher.rollback.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.campaignlauncher.creation.claims.ClaimsDatabase;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.KillSwitches;
import io.campaignlauncher.messaging.ManagementPage;
import io.campaignlauncher.pace.JdbcAccountPaces;
import io.campaignlauncher.pace.PaceTime;
import io.campaignlauncher.pace.Pacer;
import io.campaignlauncher.pace.SendPermission;
import io.campaignlauncher.rollback.RollbackService;
import io.campaignlauncher.schemas.DeletionReason;
import io.campaignlauncher.schemas.DeletionReported;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.RoundEnd;
import io.campaignlauncher.schemas.SnapshotReported;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.RateLimit;
import io.campaignlauncher.testing.TestDatabase;
import io.campaignlauncher.testing.WorkerEnvironment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rollback service between a real broker and the simulated Facebook. */
class RollbackServiceIT {

    private static WorkerEnvironment environment;
    private static HikariDataSource database;
    private static JdbcAccountPaces paces;
    private static ConfigurableApplicationContext service;

    private final String job = UUID.randomUUID().toString();
    private final String name = "Launch " + job;
    private final List<Entity> created = new ArrayList<>();

    @BeforeAll
    static void start() {
        environment = new WorkerEnvironment(Topic.ROLLBACK_EVENTS);
        var server = TestDatabase.shared();
        database = ClaimsDatabase.open(server.createDatabase("rollback"), server.username(), server.password(), 4,
                new SimpleMeterRegistry());
        ClaimsDatabase.migrate(database);
        paces = new JdbcAccountPaces(database, 100);
        service = RollbackService.application().run(Stream.concat(Stream.of(environment.arguments()), Stream.of(
                "--spring.datasource.url=" + database.getJdbcUrl(), "--spring.datasource.username=" + server.username(),
                "--spring.datasource.password=" + server.password())).toArray(String[]::new));
        service.getBean(Credentials.class).store(CredentialName.local("default"), "test-token")
                .block(WorkerEnvironment.PATIENCE);
    }

    @AfterAll
    static void stop() {
        service.close();
        database.close();
        environment.close();
    }

    @BeforeEach
    void no_faults() {
        environment.simulator().faults().clear();
    }

    @Test
    void leaves_nothing_of_a_job_and_keeps_every_content() {
        var account = "act_4001";
        launch(account, 60);
        var forgotten = created.removeLast();
        created.add(new Entity(EntityType.AD, "", forgotten.getName(), forgotten.getSlotNumber()));

        var cause = environment.publish(job, request(account).build());
        var answer = environment.envelopeAndReport(job, DeletionReported.class, 1);
        var report = (DeletionReported) answer.message();
        assertThat(report.getEnd()).isEqualTo(RoundEnd.DONE);
        assertThat(report.getFailed()).isEmpty();
        assertThat(report.getDeleted()).hasSize(121).contains(forgotten);
        assertThat(report.getFound()).isEqualTo(121);
        assertThat(report.getHttpCalls()).isEqualTo(9);
        assertThat(environment.simulator().world().campaigns(account)).isEmpty();
        assertThat(created.stream().filter(one -> !one.getFacebookId().isEmpty()))
                .allMatch(one -> status(one).equals("DELETED"));
        var kept = environment.report(job, SnapshotReported.class, 1);
        assertThat(kept.getSnapshots()).hasSize(121)
                .anySatisfy(snapshot -> assertThat(snapshot.getContent()).contains("\"geo_locations\"", "\"US\""));
        assertThat(answer.envelope().source()).isEqualTo("/rollback-service");
        assertThat(answer.envelope().causationId()).isEqualTo(cause);
    }

    @Test
    void does_no_harm_when_the_message_comes_twice() {
        launch("act_4002", 3);
        environment.publish(job, request("act_4002").build());
        environment.publish(job, request("act_4002").build());

        assertThat(environment.report(job, DeletionReported.class, 2).getFailed()).isEmpty();
        assertThat(environment.report(job, DeletionReported.class, 2).getDeleted()).hasSize(7);
        assertThat(environment.report(job, DeletionReported.class, 1).getDeleted()).hasSize(7);
    }

    @Test
    void deletes_on_a_suspended_account() {
        launch("act_4003", 2);
        environment.simulator().world().accountStatus("act_4003", 2);

        environment.publish(job, request("act_4003").build());
        assertThat(environment.report(job, DeletionReported.class, 1).getDeleted()).hasSize(5);
        assertThat(environment.simulator().world().campaigns("act_4003")).isEmpty();
    }

    @Test
    void leaves_a_campaign_with_something_made_by_hand_in_it() {
        launch("act_4004", 2);
        environment.adSet("act_4004", "made by hand", created.getFirst().getFacebookId());

        environment.publish(job, request("act_4004").build());
        var report = environment.report(job, DeletionReported.class, 1);
        assertThat(report.getDeleted()).hasSize(4);
        assertThat(report.getFailed()).extracting(one -> one.getEntity()).containsExactly(created.getFirst());
        assertThat(report.getFaults().getFirst().getKind()).isEqualTo(ErrorKind.PERMANENT);
        assertThat(environment.simulator().world().adSets(created.getFirst().getFacebookId()))
                .extracting(one -> one.name()).containsExactly("made by hand");
    }

    @Test
    void counts_as_deleted_what_a_lost_answer_deleted() {
        launch("act_4005", 2);
        environment.simulator().faults()
                .add(Fault.once(FaultTarget.DELETE, FaultEffect.replyLost()).inAccount("act_4005"));

        environment.publish(job, request("act_4005").build());
        var report = environment.report(job, DeletionReported.class, 1);
        assertThat(report.getDeleted()).hasSize(5);
        assertThat(report.getFailed()).isEmpty();
        assertThat(environment.simulator().world().campaigns("act_4005")).isEmpty();
    }

    @Test
    void stops_at_a_limit_and_says_until_when() {
        launch("act_4006", 2);
        environment.simulator().faults().add(Fault.once(FaultTarget.DELETE,
                new FaultEffect.RateLimited(RateLimit.ACCOUNT_CALLS, Duration.ofSeconds(300))).inAccount("act_4006"));

        environment.publish(job, request("act_4006").build());
        var limited = environment.report(job, DeletionReported.class, 1);
        assertThat(limited.getEnd()).isEqualTo(RoundEnd.RATE_LIMITED);
        assertThat(limited.getResumeAt()).isAfter(Instant.now());
        assertThat(limited.getDeleted().size() + limited.getFailed().size()).isEqualTo(5);
        assertThat(environment.simulator().world().campaigns("act_4006")).hasSize(1);

        assertThat(paces.pausedFor("act_4006").block()).as("creators leave it alone as well")
                .isBetween(Duration.ofSeconds(200), Duration.ofSeconds(300));

        environment.simulator().world().liftLimits("act_4006");
        endPause("act_4006");
        environment.publish(job, request("act_4006").setPass(2).build());
        assertThat(environment.report(job, DeletionReported.class, 2).getDeleted()).hasSize(5);
    }

    @Test
    void deletes_nothing_when_it_cannot_look() {
        launch("act_4007", 1);
        environment.simulator().faults()
                .add(Fault.once(FaultTarget.READ_EDGE, FaultEffect.timeout()).inAccount("act_4007"));

        environment.publish(job, request("act_4007").build());
        var report = environment.report(job, DeletionReported.class, 1);
        assertThat(report.getFault().getKind()).isEqualTo(ErrorKind.TEMPORARY);
        assertThat(report.getLookedAt()).isNull();
        assertThat(environment.simulator().world().campaigns("act_4007")).hasSize(1);
    }

    @Test
    void deletes_of_surplus_exactly_what_was_named() {
        launch("act_4008", 2);
        var campaign = created.getFirst().getFacebookId();
        var twin = environment.adSet("act_4008", name + " - 1", campaign);

        environment.publish(job, request("act_4008").setReason(DeletionReason.SURPLUS)
                .setEntities(List.of(new Entity(EntityType.AD_SET, twin, name + " - 1", 1),
                        new Entity(EntityType.AD_SET, created.get(1).getFacebookId(), "another name", 1)))
                .build());
        var report = environment.report(job, DeletionReported.class, 1);
        assertThat(report.getDeleted()).extracting(Entity::getFacebookId).containsExactly(twin);
        assertThat(report.getFailed()).hasSize(1);
        assertThat(environment.simulator().world().adSets(campaign)).hasSize(2);
    }

    @Test
    void waits_while_it_is_switched_off_and_loses_nothing() throws Exception {
        launch("act_4009", 1);
        var switches = service.getBean(KillSwitches.class);
        await().atMost(WorkerEnvironment.PATIENCE).until(() -> readers() == 1);
        switches.turn(KillSwitch.ROLLBACK, false, null).block(WorkerEnvironment.PATIENCE);
        await().atMost(WorkerEnvironment.PATIENCE).until(() -> readers() == 0);
        var other = UUID.randomUUID().toString();
        try {
            environment.publish(job, request("act_4009").build());
            environment.publish(other,
                    DeletionRequested.newBuilder(request("act_4009").build()).setJobId(other).build());
            assertThat(readers()).isZero();
            assertThat(environment.all(one -> one.envelope().subject().equals(job))).isEmpty();
            assertThat(environment.simulator().world().campaigns("act_4009")).hasSize(1);
        } finally {
            switches.turn(KillSwitch.ROLLBACK, true, null).block(WorkerEnvironment.PATIENCE);
        }
        assertThat(environment.report(job, DeletionReported.class, 1).getDeleted()).hasSize(3);
        environment.report(other, DeletionReported.class, 1);
    }

    @Test
    void rollbacks_and_creations_of_one_account_keep_its_limit_together() {
        var account = "act_4010";
        launch(account, 60);
        var other = new RollbackServiceIT();
        other.launch(account, 60);
        var campaign = launchedBySomebodyElse(account);

        environment.publish(job, request(account).build());
        environment.publish(other.job, other.request(account).build());
        create(account, campaign, 120);

        for (var one : List.of(job, other.job)) {
            var report = environment.report(one, DeletionReported.class, 1);
            assertThat(report.getFaults()).isEmpty();
            assertThat(report.getEnd()).isEqualTo(RoundEnd.DONE);
            assertThat(report.getDeleted()).hasSize(121);
        }
    }

    @Test
    void leaves_an_account_alone_on_which_a_creator_met_a_limit() {
        launch("act_4011", 1);
        paces.pause("act_4011", Duration.ofMinutes(5)).block();
        var begun = Instant.now();

        environment.publish(job, request("act_4011").build());
        var report = environment.report(job, DeletionReported.class, 1);
        assertThat(report.getEnd()).isEqualTo(RoundEnd.RATE_LIMITED);
        assertThat(report.getResumeAt()).isAfter(Instant.now().plusSeconds(200));
        assertThat(environment.simulator().requests().entries()).noneMatch(one -> one.at().isAfter(begun));

        endPause("act_4011");
        environment.publish(job, request("act_4011").setPass(2).build());
        assertThat(environment.report(job, DeletionReported.class, 2).getDeleted()).hasSize(3);
    }

    @Test
    void goes_on_at_a_pace_of_its_own_where_the_table_of_paces_is_not_there() {
        launch("act_4012", 60);
        var sql = JdbcClient.create(database);
        sql.sql("ALTER TABLE creator.account_pace RENAME TO not_there").update();
        try {
            environment.publish(job, request("act_4012").build());
            var report = environment.report(job, DeletionReported.class, 1);
            assertThat(report.getEnd()).isEqualTo(RoundEnd.DONE);
            assertThat(report.getDeleted()).hasSize(121);
        } finally {
            sql.sql("ALTER TABLE creator.not_there RENAME TO account_pace").update();
        }
    }

    private String launchedBySomebodyElse(String account) {
        return environment.campaign(account, "Another launch", "job-of-a-creator");
    }

    /** Sends as a creator does: when it has leave, and never late. */
    private static void create(String account, String campaign, int adSets) {
        var time = PaceTime.system();
        var pacer = new Pacer(paces, time, account, () -> Duration.ofSeconds(20), 100);
        pacer.expect(adSets);
        for (var i = 1; i <= adSets; i++) {
            SendPermission permission;
            do {
                permission = pacer.permission(1).block();
            } while (!(permission instanceof SendPermission.Granted granted) || granted.late(time.nanos()));
            environment.adSet(account, "Another ad set " + i, campaign);
        }
    }

    private static void endPause(String account) {
        JdbcClient.create(database).sql("UPDATE creator.account_pace SET resume_at = NULL WHERE account_id = ?")
                .param(account).update();
    }

    private void launch(String account, int branches) {
        var world = environment.simulator().world();
        world.mutationsPerSecondMax(account, 0);
        var campaign = environment.campaign(account, name, "job-" + job);
        created.add(new Entity(EntityType.CAMPAIGN, campaign, name, 1));
        for (var i = 1; i <= branches; i++) {
            var adSet = environment.adSet(account, name + " - " + i, campaign);
            created.add(new Entity(EntityType.AD_SET, adSet, name + " - " + i, i));
            created.add(new Entity(EntityType.AD, environment.ad(account, "Ad " + i, adSet), "Ad " + i, i));
        }
        world.mutationsPerSecondMax(account, 100);
        world.liftLimits(account);
    }

    @Test
    void with_another_key_it_is_not_ready_says_why_and_leaves_requests_to_others() throws Exception {
        try (var other = RollbackService.application()
                .run(environment.argumentsWithAnotherKey("--management.server.port=0"));
                var client = HttpClient.newHttpClient()) {
            var readiness = HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                    + other.getBean(ManagementPage.class).port() + ManagementPage.READINESS)).build();
            await().atMost(WorkerEnvironment.PATIENCE).untilAsserted(() -> assertThat(
                    client.send(readiness, HttpResponse.BodyHandlers.ofString())).returns(503,
                            HttpResponse::statusCode)
                    .returns(true,
                            answer -> answer.body()
                                    .contains("launch.credentials.key opens none of the 1 access tokens")));
            var jobs = IntStream.range(0, 24).mapToObj(i -> job + "-" + i).toList();
            jobs.forEach(id -> environment.publish(id, request("act_4005").setJobId(id).build()));

            assertThat(jobs).allSatisfy(id -> assertThat(environment.report(id, DeletionReported.class, 1))
                    .returns(RoundEnd.DONE, DeletionReported::getEnd)
                    .returns(List.of(), DeletionReported::getFailed));
        }
    }

    private DeletionRequested.Builder request(String account) {
        return DeletionRequested.newBuilder().setJobId(job).setPass(1).setReason(DeletionReason.ROLLBACK)
                .setAdAccountId(account).setCredentialId("default").setLabel("job-" + job).setCampaignName(name)
                .setEntities(created);
    }

    /** How many consumers read for the service. */
    private static int readers() throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, environment.bootstrapServers()))) {
            return admin.describeConsumerGroups(List.of("rollback-service")).all().get().get("rollback-service")
                    .members().size();
        }
    }

    private static String status(Entity entity) {
        return environment.simulator().world().object(entity.getFacebookId()).orElseThrow().effectiveStatus();
    }
}
