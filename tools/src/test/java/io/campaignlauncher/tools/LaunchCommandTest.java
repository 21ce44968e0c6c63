package io.campaignlauncher.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.tools.launch.ScriptedService;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command beside a service that answers as it is told to. */
class LaunchCommandTest {

    private static final String SHA = "a".repeat(64);
    private static final String GOOD = preview("[]", "[]", "[]");
    private static final String JOB = "1f0c1b1e-0000-4000-8000-000000000001";
    private static final String TAKEN = """
            {"jobs":[{"campaign":"Sale","jobId":"%s","status":"pending"}]}""".formatted(JOB);

    @TempDir
    private Path folder;
    private ScriptedService service;

    @BeforeEach
    void start() throws IOException {
        service = new ScriptedService();
        Files.writeString(folder.resolve("sale.csv"), "Campaign Name\nSale\n");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private record Result(int code, List<String> out, List<String> err) {}

    private Result launch(String... further) {
        return launchAt(service.address().toString(), further);
    }

    private Result launchAt(String api, String... further) {
        var out = new StringWriter();
        var err = new StringWriter();
        var arguments = new ArrayList<>(List.of("launch", folder.resolve("sale.csv").toString(), "--account", "act_1",
                "--user", "buyer", "--api", api));
        arguments.addAll(List.of(further));
        var code = Tools.run(Map.of("KEY", "cl_secret"), new PrintWriter(out, true), new PrintWriter(err, true),
                arguments.toArray(String[]::new));
        return new Result(code, out.toString().lines().toList(), err.toString().lines().toList());
    }

    private static String preview(String needs, String mistakes, String media) {
        return """
                {"sha256":"%s","format":"CSV","rows":1,"needs":%s,"mistakes":%s,"furtherMistakes":%d,"media":%s,
                 "campaigns":[{"name":"Sale","adSets":1,"ads":2}]}""".formatted(SHA, needs, mistakes,
                mistakes.equals("[]") ? 0 : 2, media);
    }

    private static String job(String status, String rest) {
        return """
                {"jobId":"%s","status":"%s","requested":{"adSets":1,"ads":2},"created":{"adSets":1,"ads":2},
                 "lastError":null,"rollback":{"reason":null,"awaitingConfirmation":false},"facebookCampaignId":"12"%s}"""
                .formatted(JOB, status, rest);
    }

    @Test
    void a_file_is_shown_launched_and_followed_to_its_end() {
        service.then(200, GOOD).then(202, TAKEN).then(200, job("in_progress", "")).then(200, job("completed", ""));

        var result = launch("--currency", "USD");

        assertThat(result.code()).as(result.toString()).isZero();
        assertThat(result.out()).containsExactly("sale.csv: CSV; 1 rows, 1 campaigns, 0 images and videos",
                "  Sale: 1 ad sets, 2 ads", JOB + "  launched  Sale",
                JOB + "  completed  Sale, 1 ad sets, 2 ads, campaign 12", "1 of 1 campaigns completed");
        assertThat(service.asked()).extracting(ScriptedService.Asked::path).contains("/v1/jobs/" + JOB)
                .anyMatch(path -> path.startsWith("/v1/files/" + SHA + "/launch?") && path.contains("currency=USD"));
        assertThat(service.asked().getFirst().body())
                .isEqualTo("Campaign Name\nSale\n".getBytes(StandardCharsets.UTF_8));
        assertThat(service.asked()).extracting(ScriptedService.Asked::authorization).containsOnly("");
    }

    @Test
    void a_service_that_has_no_room_or_loses_its_answer_is_asked_again() {
        service.then(503, "{}").then(200, GOOD).then(ScriptedService.GONE, "").then(202, TAKEN)
                .then(429, "{}").then(200, job("completed", ""));

        assertThat(launch("--token-env", "KEY").code()).isZero();
        assertThat(service.asked()).hasSize(6).extracting(ScriptedService.Asked::authorization)
                .containsOnly("Bearer cl_secret");
    }

    @Test
    void wrong_cells_and_what_is_missing_are_named_and_nothing_is_launched() {
        service.then(200, preview("[\"currency\"]", """
                [{"letter":"D","row":2,"column":"Ad Set Daily Budget","sentence":"No amount.","read":"1.234,50"}]""",
                "[]"));

        var result = launch();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).containsExactly("D2 Ad Set Daily Budget: No amount. Read was: 1.234,50",
                "and 2 more wrong cells", "the file needs the account's currency: --currency", "nothing is launched");
        assertThat(service.asked()).hasSize(1);
    }

    @Test
    void images_that_are_not_there_are_all_named_before_anything_is_sent() throws IOException {
        Files.writeString(folder.resolve("there.png"), "x");
        service.then(200, preview("[]", "[]", """
                [{"name":"there.png","type":"IMAGE"},{"name":"gone.png","type":"IMAGE"},
                 {"name":"../out.png","type":"IMAGE"}]"""));

        var result = launch();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err().getFirst()).endsWith(": gone.png, ../out.png");
        assertThat(service.asked()).hasSize(1);
    }

    @Test
    void images_are_sent_before_the_launch_under_the_hash_of_the_file() throws IOException {
        Files.writeString(folder.resolve("a b.png"), "picture");
        service.then(200, preview("[]", "[]", "[{\"name\":\"a b.png\",\"type\":\"IMAGE\"}]"))
                .then(200, "{\"accounts\":[{\"adAccountId\":\"act_1\",\"hash\":\"h\"}]}").then(202, TAKEN)
                .then(200, job("completed", ""));

        assertThat(launch().code()).isZero();
        var sent = service.asked().get(1);
        assertThat(sent.path()).startsWith("/v1/media/images?").contains("name=a+b.png", "upload=" + SHA,
                "adAccountId=act_1");
        assertThat(new String(sent.body(), StandardCharsets.UTF_8)).isEqualTo("picture");
    }

    @Test
    void a_video_goes_on_where_the_service_wants_it() throws IOException {
        Files.writeString(folder.resolve("v.mp4"), "0123456789");
        service.then(200, preview("[]", "[]", "[{\"name\":\"v.mp4\",\"type\":\"VIDEO\"}]"))
                .then(201, state("UPLOADING", 0, 4)).then(200, state("UPLOADING", 4, 8))
                .then(409, state("UPLOADING", 2, 6)).then(ScriptedService.GONE, "")
                .then(200, state("UPLOADING", 6, 10)).then(200, state("PROCESSING", 10, 10)).then(202, TAKEN)
                .then(200, job("completed", ""));

        assertThat(launch().code()).isZero();
        assertThat(service.asked().stream().filter(one -> one.method().equals("PUT"))
                .map(one -> new String(one.body(), StandardCharsets.UTF_8)))
                .containsExactly("0123", "4567", "2345", "2345", "6789");
    }

    private static String state(String word, int offset, int end) {
        return "{\"state\":\"%s\",\"offset\":%d,\"end\":%d}".formatted(word, offset, end);
    }

    @Test
    void what_the_service_says_against_it_is_told_with_every_mistake() {
        service.then(200, GOOD).then(400,
                """
                        {"title":"Bad request","detail":"See errors.","errors":[{"field":"adAccountId","message":"must be act_ and digits"}]}""");

        var result = launch();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).containsExactly("Bad request See errors.", "  adAccountId: must be act_ and digits");
    }

    @Test
    void one_that_ends_without_its_campaign_and_one_that_waits_for_a_person_are_no_success() {
        var asking = """
                {"status":"in_progress","requested":{"adSets":1,"ads":2},"created":{"adSets":1,"ads":0},"facebookCampaignId":null,
                 "rollback":{"reason":"suspended","awaitingConfirmation":true}}""";
        service.then(200, GOOD).then(202, TAKEN).then(200, asking);

        var result = launch();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains(JOB
                + "  waits for a person: confirm or decline its rollback  Sale, 1 ad sets, 0 ads: suspended",
                "0 of 1 campaigns completed");
    }

    @Test
    void a_key_goes_to_no_other_machine_in_plain_text() {
        var result = launchAt("http://launch.example.com", "--token-env", "KEY");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err().getFirst()).contains("must be https").doesNotContain("cl_secret");
    }
}
