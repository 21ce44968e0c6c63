package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.tools.Tools;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator does about dead letters: list them, mend the cause, have them tried again. */
@OnRunningSystem
class DeadLettersIT {

    private static final String COMMANDS = Topic.CAMPAIGN_COMMANDS.topicName();

    private final RunningSystem system;

    DeadLettersIT(RunningSystem system) {
        this.system = system;
    }

    @AfterEach
    void what_was_expected_is_put_aside() {
        system.published().deadLetters().forEach(system.published()::takeAway);
    }

    @Test
    void a_request_without_its_credential_completes_when_it_is_redriven_after_the_credential_was_stored() {
        var credential = "late-" + UUID.randomUUID();
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).setCredentialId(credential).build();
        var jobId = system.publish(request);
        var letter = letters(jobId, 1).getFirst();
        assertThat(run("dead-letters", "list", "--topic", COMMANDS)).contains("0@" + letter.offset() + "\t")
                .contains("credentialId").contains(jobId).doesNotContain(RunningSystem.TOKEN);

        system.storeToken(credential, RunningSystem.TOKEN);
        run("dead-letters", "redrive", "--topic", COMMANDS, "--offset", Long.toString(letter.offset()));

        var job = system.settled(jobId);
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("completed");
        Invariants.hold(system, jobId);
        assertThat(run("dead-letters", "list", "--topic", COMMANDS)).doesNotContain(jobId);
    }

    @Test
    void a_record_whose_cause_was_not_mended_comes_back() {
        CreateCampaign request = Requests.oneFiftyOne(system.freshAccount(), 1).build();
        var jobId = RunningSystem.jobId(request);
        system.publish(new ProducerRecord<>(COMMANDS, jobId, new byte[]{ 1, 2, 3 }));
        var letter = letters(jobId, 1).getFirst();

        run("dead-letters", "redrive", "--topic", COMMANDS, "--offset", Long.toString(letter.offset()));

        var again = letters(jobId, 2).getLast();
        assertThat(again.value()).isEqualTo(letter.value());
        assertThat(run("dead-letters", "list", "--topic", COMMANDS).lines().filter(line -> line.contains(jobId)))
                .singleElement().asString().contains("0@" + again.offset() + "\t").contains("came back");
        assertThat(system.http().get("/v1/jobs/" + jobId).status()).isEqualTo(404);
    }

    /** The notes about what was redriven, which have no value, are no letters. */
    private List<ConsumerRecord<String, byte[]>> letters(String jobId, int count) {
        return await("dead letter " + count).atMost(RunningSystem.PATIENCE).until(
                () -> system.published().deadLetters().stream()
                        .filter(letter -> letter.key().equals(jobId) && letter.value() != null).toList(),
                found -> found.size() == count);
    }

    private String run(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var connected = new ArrayList<>(List.of(args));
        connected.addAll(system.kafkaOptions());
        var code = Tools.run(new PrintWriter(out), new PrintWriter(err), connected.toArray(String[]::new));
        assertThat(code).as(err.toString()).isZero();
        return out.toString();
    }
}
