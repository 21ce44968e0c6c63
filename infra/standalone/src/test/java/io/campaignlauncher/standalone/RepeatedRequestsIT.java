package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.JobAccepted;
import io.campaignlauncher.schemas.JobFailed;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The ninth scenario: one command is one job, however often and whichever way it comes. */
@OnRunningSystem
class RepeatedRequestsIT {

    private final RunningSystem system;

    RepeatedRequestsIT(RunningSystem system) {
        this.system = system;
    }

    @Test
    void makes_one_job_of_a_command_that_is_published_twice() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 5).build();
        system.publish(request);
        system.publish(request);

        oneJob(request);

        system.publish(request);
        system.allCommandsRead();
        oneJob(request);
    }

    @Test
    void makes_one_job_of_a_request_that_is_sent_twice_over_http() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 5).build();

        var first = system.post(request);
        var second = system.post(request);

        for (var answer : List.of(first, second)) {
            assertThat(answer.status()).as(answer.body()::toPrettyString).isEqualTo(202);
            assertThat(answer.body().path("jobId").asString()).isEqualTo(RunningSystem.jobId(request));
            assertThat(answer.location()).isEqualTo("/v1/jobs/" + RunningSystem.jobId(request));
        }
        assertThat(first.body().path("status").asString()).isEqualTo("pending");
        assertThat(second.body().path("status").asString()).as("where the job stands").isIn("pending", "in_progress");
        oneJob(request);
        assertThat(system.post(request).status()).as("after the end too").isEqualTo(202);
        oneJob(request);
    }

    @Test
    void makes_one_job_of_a_request_that_is_sent_again_after_the_job_service_was_restarted() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 5).build();
        var first = system.post(request);

        restart();
        var second = system.post(request);

        assertThat(second.status()).as(second.body()::toPrettyString).isEqualTo(202);
        assertThat(second.body().path("jobId")).isEqualTo(first.body().path("jobId"));
        oneJob(request);
        restart();
        var third = system.post(request);
        assertThat(third.body().path("jobId")).isEqualTo(first.body().path("jobId"));
        assertThat(third.body().path("status").asString()).as("where the job stands").isEqualTo("completed");
        var other = CreateCampaign.newBuilder(request).setAdSetCount(4).build();
        assertThat(system.post(other).status()).isEqualTo(409);
        system.allCommandsRead();
        oneJob(request);
    }

    private void restart() {
        system.services().stop(Services.Service.JOB);
        system.services().start(Services.Service.JOB);
    }

    @Test
    void makes_one_job_of_a_request_that_comes_over_kafka_and_over_http() {
        var kafkaFirst = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        var httpFirst = Requests.oneFiftyOne(system.freshAccount(), 3).build();

        system.publish(kafkaFirst);
        assertThat(system.post(kafkaFirst).status()).isEqualTo(202);
        var quoted = system.http().post("/v1/jobs", Requests.body(kafkaFirst),
                Map.of("Idempotency-Key", "\"" + kafkaFirst.getIdempotencyKey() + "\""));
        assertThat(quoted.body().path("jobId").asString()).isEqualTo(RunningSystem.jobId(kafkaFirst));
        assertThat(system.post(httpFirst).status()).isEqualTo(202);
        system.publish(httpFirst);

        oneJob(kafkaFirst);
        oneJob(httpFirst);
        assertThat(system.post(kafkaFirst).status()).isEqualTo(202);
        system.publish(httpFirst);
        system.allCommandsRead();
    }

    @Test
    void makes_one_job_of_many_sendings_at_the_same_moment() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();

        var sendings = Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
            system.publish(request);
            return system.post(request).status();
        })).limit(8).toList();

        assertThat(sendings.stream().map(CompletableFuture::join)).containsOnly(202);
        system.allCommandsRead();
        oneJob(request);
    }

    @Test
    void answers_409_where_the_key_comes_with_another_body() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        assertThat(system.post(request).status()).isEqualTo(202);
        var other = CreateCampaign.newBuilder(request).setAdSetCount(4).build();

        var answer = system.post(other);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().path("title").asString()).isNotBlank();
        oneJob(request);
        assertThat(system.post(other).status()).isEqualTo(409);
        assertThat(system.facebook().campaign(request.getAdAccountId()).adSets()).hasSize(3);
    }

    @Test
    void keeps_a_command_as_a_dead_letter_whose_key_comes_with_another_body() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        oneJob(request);
        var other = CreateCampaign.newBuilder(request).setAdSetCount(4).build();
        var jobId = system.publish(other);

        var letter = await("the dead letter").atMost(RunningSystem.PATIENCE).until(
                () -> system.published().deadLetters().stream().filter(dead -> jobId.equals(dead.key())).findFirst(),
                Optional::isPresent).orElseThrow();

        system.published().takeAway(letter);
        assertThat(letter.topic()).isEqualTo("campaign.commands.dlt");
        assertThat(PublishedRecords.header(letter, "dlt-reason")).contains("another request");
        oneJob(request);
        assertThat(system.facebook().campaign(request.getAdAccountId()).adSets()).hasSize(3);
    }

    @Test
    void completes_one_of_two_jobs_with_one_name_and_refuses_the_other() {
        var account = system.freshAccount();
        var one = Requests.oneFiftyOne(account, 5).build();
        var other = Requests.oneFiftyOne(account, 5).setCampaign(one.getCampaign()).build();
        system.publish(one);
        system.publish(other);

        var ends = Stream.of(one, other).map(RunningSystem::jobId).toList();
        assertThat(ends.stream().map(jobId -> system.settled(jobId).path("status").asString()))
                .containsExactlyInAnyOrder("completed", "failed");

        ends.forEach(jobId -> Invariants.hold(system, jobId));
        assertThat(system.facebook().campaigns(account)).hasSize(1);
        var refused = ends.stream().flatMap(jobId -> system.published().eventsOf(jobId, JobFailed.class).stream());
        assertThat(refused).singleElement().satisfies(event -> assertThat(event.getReasons()).singleElement().asString()
                .contains(one.getCampaign().getName()));
    }

    @Test
    void frees_the_name_of_a_job_that_was_rolled_back_even_if_its_command_comes_again() {
        var account = system.freshAccount();
        var first = Requests.oneFiftyOne(account, 3).build();
        system.fault(account, FaultTarget.CREATE_AD_SET,
                new FaultEffect.Refused(400, 100, null, "Invalid parameter"), 1, 1);
        assertThat(system.launch(first).path("status").asString()).isEqualTo("rolled_back");
        system.publish(first);
        system.allCommandsRead();

        var second = Requests.oneFiftyOne(account, 3).setCampaign(first.getCampaign()).build();
        oneJob(second);

        Invariants.hold(system, RunningSystem.jobId(first));
    }

    @Test
    void reads_the_name_anew_when_the_campaign_that_had_it_is_gone() {
        var account = system.freshAccount();
        var first = Requests.oneFiftyOne(account, 1).build();
        oneJob(first);
        system.publish(first);
        system.allCommandsRead();
        system.simulator().world().delete(system.facebook().campaign(account).itself().id());
        await("the name is no longer held for reads that lag").atMost(RunningSystem.PATIENCE)
                .until(() -> system.sql().sql("select count(*) from event_store.campaign_names"
                        + " where ad_account_id = ? and (free_from is null or free_from >= now())").param(account)
                        .query(Long.class).single() == 0);

        var second = Requests.oneFiftyOne(account, 1).setCampaign(first.getCampaign()).build();
        oneJob(second);
    }

    /** The request is one completed job with exactly one history and one row, whatever was sent. */
    private void oneJob(CreateCampaign request) {
        var jobId = RunningSystem.jobId(request);
        if (system.published().recordsOf(jobId).isEmpty() && system.http().get("/v1/jobs/" + jobId).status() == 404) {
            system.publish(request);
        }
        var job = system.settled(jobId);
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("completed");
        Invariants.hold(system, jobId);
        assertThat(system.published().eventsOf(jobId, JobAccepted.class)).hasSize(1);
        assertThat(system.sql().sql("select job_uuid from campaign_creation_jobs where user_id = ?")
                .param(request.getUserId()).query(UUID.class).list()).containsExactly(UUID.fromString(jobId));
        assertThat(system.facebook().campaigns(request.getAdAccountId())).hasSize(1);
    }
}
