package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.CreationRoundEnded;
import io.campaignlauncher.schemas.RoundEnd;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While the event store or Kafka refuses to work, work waits: nothing is lost and nothing is given up. */
@OnRunningSystem
class OutagesIT {

    /** As they are called in the log. */
    private static final List<String> LISTENERS = List.of("requestListener", "reportListener", "verifier-service",
            "rollback-service", "creation-commands");

    private final RunningSystem system;

    OutagesIT(RunningSystem system) {
        this.system = system;
    }

    @AfterEach
    void the_event_store_works_again() {
        if (system.sql().sql("select to_regclass('event_store.away') is not null").query(Boolean.class).single()) {
            comesBack();
        }
    }

    @Test
    void loses_no_request_while_the_event_store_is_away() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        goesAway();
        system.publish(request);
        somethingWasTriedInVain();

        comesBack();

        completed(request);
    }

    @Test
    void loses_no_report_while_the_event_store_is_away() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 10).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, new FaultEffect.Slow(Duration.ofSeconds(1)),
                6, 0);
        system.publish(request);
        await("some ad sets are made").atMost(RunningSystem.PATIENCE).pollInterval(Duration.ofMillis(10))
                .until(() -> system.facebook().campaigns(request.getAdAccountId()).stream()
                        .anyMatch(campaign -> campaign.adSets().size() > 5));
        goesAway();
        somethingWasTriedInVain();

        comesBack();

        completed(request);
        assertThat(system.published().eventsOf(RunningSystem.jobId(request), CreationRoundEnded.class))
                .as("the report came late, but it came").hasSize(1)
                .allMatch(event -> event.getEnd() == RoundEnd.DONE);
    }

    /** Somebody makes a mistake with the rules of Kafka, and mends it: nobody has to start anything again. */
    @Test
    void loses_nothing_while_no_program_may_do_anything_on_kafka() throws Exception {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        try (var admin = Admin.create(system.kafka(Map.of())); var ear = new LogEar()) {
            var rules = admin.describeAcls(AclBindingFilter.ANY).values().get();
            assertThat(rules).isNotEmpty();
            admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
            try {
                system.publish(request);
                await("everybody is refused").atMost(RunningSystem.PATIENCE)
                        .until(() -> LISTENERS.stream().allMatch(listener -> ear.troubles().stream()
                                .anyMatch(line -> line.contains(listener) && line.contains("authorized to access"))));
            } finally {
                admin.createAcls(rules).all().get();
            }
            completed(request);
        }
    }

    private void goesAway() {
        system.sql().sql("alter table event_store.domain_events rename to away").update();
    }

    private void comesBack() {
        system.sql().sql("alter table event_store.away rename to domain_events").update();
    }

    /** PostgreSQL counts the transactions that came to nothing. */
    private void somethingWasTriedInVain() {
        long before = rollbacks();
        await("a failed transaction").atMost(RunningSystem.PATIENCE).until(() -> rollbacks() > before);
    }

    private long rollbacks() {
        return system.sql().sql("select xact_rollback from pg_stat_database where datname = current_database()")
                .query(Long.class).single();
    }

    private void completed(CreateCampaign request) {
        var jobId = RunningSystem.jobId(request);
        var job = system.settled(jobId);
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("completed");
        Invariants.hold(system, jobId);
    }
}
