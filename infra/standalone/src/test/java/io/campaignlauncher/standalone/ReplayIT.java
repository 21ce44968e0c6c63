package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.tools.Tools;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit of a system that runs: what the commands of replay say of real launches, and of damage done to them. */
@OnRunningSystem
class ReplayIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final RunningSystem system;

    @TempDir
    private Path folder;

    ReplayIT(RunningSystem system) {
        this.system = system;
    }

    private record CommandResult(int code, String out, String err) {

        List<String> rows() {
            return out.lines().skip(1).toList();
        }
    }

    @Test
    void a_job_and_its_history_are_the_same_from_the_store_and_from_the_topic() {
        var jobId = completed(3);
        Invariants.hold(system, jobId);

        var job = run("job", jobId, "--json");
        assertThat(job.code()).as(job.err()).isZero();
        assertThat(job.out()).isEqualTo(run("job", jobId, "--json", "--from=topic").out());
        var document = JSON.readTree(job.out());
        assertThat(document.path("status").asString()).isEqualTo("completed");
        assertThat(document.path("slots").size()).isEqualTo(7);

        var history = run("history", jobId, "--json");
        assertThat(history.out()).isEqualTo(run("history", jobId, "--json", "--from=topic").out());
        var events = JSON.readTree(history.out()).path("events");
        assertThat(events.valueStream().map(event -> event.path("type").asString())).startsWith("JobAccepted")
                .endsWith("JobCompleted");

        var readable = run("history", jobId);
        assertThat(readable.rows()).hasSize(events.size());
        assertThat(readable.rows().get(1)).contains("PreVerificationRequested").contains(jobId);
        assertThat(run("job", jobId).out()).contains("completed").contains("3 of 3 ad sets").contains("ad_set\t3");
    }

    @Test
    void a_job_is_shown_as_it_was() {
        var jobId = completed(2);
        var history = JSON.readTree(run("history", jobId, "--json").out()).path("events");
        var at = history.path(1).path("at").asString();
        assertThat(JSON.readTree(run("job", jobId, "--json", "--at=1").out()).path("status").asString())
                .isEqualTo("pending");
        assertThat(run("history", jobId, "--at=" + at).rows()).hasSizeBetween(2, history.size() - 1)
                .last().asString().contains(at);
        assertThat(run("job", jobId, "--at=1999-01-01T00:00:00Z").out()).contains("no event had happened then");
    }

    @Test
    void facebook_is_found_in_order_and_then_with_an_ad_deleted_one_too_many_and_one_renamed() throws Exception {
        var account = system.freshAccount();
        var request = Requests.oneFiftyOne(account, 3).build();
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
        var jobId = RunningSystem.jobId(request);
        var good = facebook(jobId);
        assertThat(good.code()).as(good.out() + good.err()).isZero();
        assertThat(good.rows()).isEmpty();

        var ads = slots(jobId, "ad");
        var adSets = slots(jobId, "ad_set");
        graph("DELETE", ads.get(1).path("facebookId").asString(), "");
        graph("POST", adSets.get(2).path("facebookId").asString(), "name=Mine+now");
        var extra = system.facebook().makeAd(account, adSets.get(0).path("facebookId").asString(), "somebody's");

        var bad = facebook(jobId);
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.rows()).containsExactlyInAnyOrder(
                String.join("\t", "missing", "ad 2", ads.get(1).path("facebookId").asString(), "-",
                        ads.get(1).path("name").asString()),
                String.join("\t", "name", "ad_set 3", adSets.get(2).path("facebookId").asString(), "Mine now",
                        adSets.get(2).path("name").asString()),
                String.join("\t", "unknown", "ad", extra, "somebody's (no name of the job's)", "-"));
        assertThat(facebook(jobId, "--json").out().lines().map(JSON::readTree))
                .extracting(difference -> difference.path("difference").asString())
                .containsExactlyInAnyOrder("missing", "name", "unknown");
    }

    @Test
    void facebook_is_read_with_the_jobs_own_credential_and_no_token_is_shown() {
        var jobId = completed(1);
        var answer = run("facebook", jobId, "--credentials-key-env=KEY", "--from=topic");
        assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
        var wrongKey = run(Map.of("KEY", "d3Jvbmcgd3Jvbmcgd3Jvbmcgd3Jvbmcgd3Jvbmcgd3I="), "facebook", jobId,
                "--credentials-key-env=KEY");
        assertThat(wrongKey.code()).isEqualTo(2);
        assertThat(wrongKey.err()).contains(RunningSystem.CREDENTIAL).hasLineCount(1);
        var noKey = run(Map.of("KEY", "short secret"), "facebook", jobId, "--credentials-key-env=KEY");
        assertThat(noKey.code()).isEqualTo(2);
        assertThat(noKey.err()).hasLineCount(1).doesNotContain("short secret");
        var refused = run(Map.of("TOKEN", "expired-secret-token"), "facebook", jobId, "--token-env=TOKEN");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).startsWith("Facebook could not be read").hasLineCount(1)
                .doesNotContain("expired-secret-token");
    }

    @Test
    void damage_to_the_tables_is_named_and_healed_while_the_system_runs() throws IOException {
        var jobId = completed(2);
        Invariants.hold(system, jobId);
        assertThat(run("diff", "--job", jobId)).satisfies(answer -> {
            assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
            assertThat(answer.rows()).isEmpty();
        });
        system.sql().sql("update campaign_creation_jobs set retry_count = 7 where job_uuid = ?")
                .param(UUID.fromString(jobId)).update();
        system.sql().sql("""
                delete from entity_creation_slots where entity_type = 'ad' and slot_number = 2
                and job_id = (select id from campaign_creation_jobs where job_uuid = ?)""")
                .param(UUID.fromString(jobId)).update();
        var found = run("diff", "--job", jobId);
        assertThat(found.code()).isEqualTo(1);
        assertThat(found.rows()).containsExactlyInAnyOrder(jobId + "\tjob\tretry_count\t7\t0",
                jobId + "\tad 2\t-\tnothing\tthere");
        var dry = run("rebuild");
        assertThat(dry.code()).isEqualTo(1);
        assertThat(dry.rows()).contains(jobId + "\tjob\tretry_count\t7\t0");
        assertThat(run("diff", "--job", jobId).code()).as("a dry run changes nothing").isEqualTo(1);

        var backup = folder.resolve("before.jsonl");
        var rebuilt = run("rebuild", "--switch-over", "--backup", backup.toString());

        assertThat(rebuilt.code()).as(rebuilt.err()).isZero();
        assertThat(Files.readString(backup)).contains("{\"jobId\":\"" + jobId
                + "\",\"row\":\"job\",\"column\":\"retry_count\",\"is\":\"7\",\"should\":\"0\"}");
        assertThat(run("diff", "--job", jobId).code()).isZero();
        Invariants.hold(system, completed(1));
    }

    @Test
    void an_export_of_a_running_system_is_whole_and_the_same_as_the_store() throws IOException {
        var jobId = completed(2);
        var out = folder.resolve("export");
        var exported = run("export", "--out", out.toString(), "--json");
        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(Files.readString(out.resolve("events-000001.jsonl"))).contains(jobId)
                .doesNotContain(RunningSystem.TOKEN);
        var again = completed(1);
        var verified = run("verify", out.toString(), "--against-store", "--json");
        assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
        assertThat(JSON.readTree(verified.out()).path("chainEnd").asString())
                .isEqualTo(JSON.readTree(exported.out()).path("chainEnd").asString());
        assertThat(Files.readString(out.resolve("events-000001.jsonl"))).doesNotContain(again);
        Files.writeString(out.resolve("note.txt"), "mine");
        var wrong = run("verify", out.toString());
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.out()).isEqualTo("wrong: note.txt is one file too many\n");
    }

    @Test
    void what_cannot_be_done_is_said_in_one_line() {
        var unknown = JobIds.of("nobody", "nothing").toString();
        for (var from : List.of("store", "topic")) {
            var answer = run("job", unknown, "--from=" + from);
            assertThat(answer.code()).isEqualTo(2);
            assertThat(answer.err()).contains("no job " + unknown).hasLineCount(1);
        }
        var point = run("job", unknown, "--at=tomorrow");
        assertThat(point.code()).isEqualTo(2);
        assertThat(point.err()).startsWith("--at must be").hasLineCount(1);
        var nowhere = tools(Map.of("SPRING_DATASOURCE_PASSWORD", "secret-word"), "replay", "diff", "--jdbc-url",
                "jdbc:postgresql://127.0.0.1:1/none?password=other-secret");
        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.err()).startsWith("PostgreSQL:").hasLineCount(1).doesNotContain("secret");
        assertThat(tools(Map.of(), "replay", "diff").err()).contains("--jdbc-url").hasLineCount(1);
    }

    private String completed(int adSets) {
        var request = Requests.oneFiftyOne(system.freshAccount(), adSets).build();
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
        var jobId = RunningSystem.jobId(request);
        await().atMost(RunningSystem.PATIENCE)
                .until(() -> system.published().recordsOf(jobId).stream().anyMatch(record -> "JobCompleted".equals(
                        io.campaignlauncher.schemas.LaunchRecords.typeOf(record))));
        return jobId;
    }

    private List<JsonNode> slots(String jobId, String type) {
        return system.slots(jobId).valueStream().filter(slot -> slot.path("entityType").asString().equals(type))
                .toList();
    }

    private void graph(String method, String path, String form) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(
                    HttpRequest.newBuilder(URI.create(system.simulator().baseUrl() + "/v24.0/" + path))
                            .header("authorization", "Bearer somebody-elses-token")
                            .header("content-type", "application/x-www-form-urlencoded")
                            .method(method, HttpRequest.BodyPublishers.ofString(form)).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        }
    }

    private CommandResult facebook(String jobId, String... more) {
        var arguments = new ArrayList<>(List.of("facebook", jobId, "--token-env=TOKEN"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private CommandResult run(String... arguments) {
        return run(Map.of("TOKEN", RunningSystem.TOKEN, "KEY", property("launch.credentials.key")), arguments);
    }

    private CommandResult run(Map<String, String> secrets, String... arguments) {
        var environment = new HashMap<>(secrets);
        environment.put("SPRING_DATASOURCE_URL", property("spring.datasource.url"));
        environment.put("SPRING_DATASOURCE_USERNAME", property("spring.datasource.username"));
        environment.put("SPRING_DATASOURCE_PASSWORD", property("spring.datasource.password"));
        environment.put("GRAPH_BASE_URL", system.simulator().baseUrl().toString());
        var all = new ArrayList<>(List.of("replay"));
        all.addAll(List.of(arguments));
        if (List.of("job", "history", "facebook").contains(arguments[0])) {
            all.addAll(system.kafkaOptions());
        }
        return tools(environment, all.toArray(String[]::new));
    }

    private static CommandResult tools(Map<String, String> environment, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = Tools.run(environment, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        environment.values().stream().filter(value -> value.startsWith("EAA") || value.contains("secret"))
                .forEach(secret -> assertThat(out + "" + err).doesNotContain(secret));
        return new CommandResult(code, out.toString(), err.toString());
    }

    private String property(String name) {
        return system.standalone().properties().get(name).toString();
    }
}
