package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.simulator.core.Existing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A media buyer's file is looked at, launched, and had back. */
@OnRunningSystem
class LaunchFilesIT {

    private static final String ACCOUNT_OF_FILE = "currency=USD&timeZone=America/Los_Angeles";
    private static final List<String> HEADERS = List.of("Campaign Name", "Campaign Objective", "Ad Set Name",
            "Ad Set Daily Budget", "Optimization Goal", "Billing Event", "Countries", "Ad Name", "Link Object ID",
            "Link", "Body", "Creative Type");

    private final RunningSystem system;

    LaunchFilesIT(RunningSystem system) {
        this.system = system;
    }

    /** As Ads Manager exports it. */
    private static byte[] file(List<List<String>> rows) {
        var lines = Stream.concat(Stream.of(HEADERS), rows.stream()).map(row -> String.join("\t", row))
                .collect(Collectors.joining("\r\n", "\uFEFF", "\r\n"));
        return lines.getBytes(StandardCharsets.UTF_16LE);
    }

    private static List<String> row(String campaign, String adSet, String budget, String ad) {
        return List.of(campaign, "Outcome Traffic", adSet, budget, "LINK_CLICKS", "IMPRESSIONS", "US", ad,
                "o:1000000001", "https://example.com", "All of " + ad, "Link Page Post Ad");
    }

    private String launchOf(String sha256, String account) {
        return "/v1/files/" + sha256 + "/launch?userId=buyer&adAccountId=" + account + "&credentialId="
                + RunningSystem.CREDENTIAL + "&" + ACCOUNT_OF_FILE;
    }

    @Test
    void a_file_is_previewed_launched_campaign_by_campaign_and_the_same_file_is_the_same_launch() {
        var account = system.freshAccount();
        var file = file(List.of(row("File " + account, "Women", "15.50", "Shoes"),
                row("File " + account, "Women", "15.50", "Hats"), row("File " + account, "Men", "20", "Boots"),
                row("More " + account, "All", "9", "Socks")));

        var preview = system.http().upload("/v1/files?" + ACCOUNT_OF_FILE, file);
        assertThat(preview.status()).as(preview.body()::toPrettyString).isEqualTo(200);
        assertThat(preview.body().path("launchable").asBoolean()).as(preview.body()::toPrettyString).isTrue();
        assertThat(preview.body().path("rows").asInt()).isEqualTo(4);
        assertThat(preview.body().path("campaigns").path(0).path("launch").path("adSets").path(0).path("dailyBudget")
                .asLong()).isEqualTo(1_550);

        var launch = launchOf(preview.body().path("sha256").asString(), account);
        var taken = system.http().upload(launch, file);
        assertThat(taken.status()).as(taken.body()::toPrettyString).isEqualTo(202);
        var jobs = taken.body().path("jobs").valueStream().map(job -> job.path("jobId").asString()).toList();
        assertThat(jobs).hasSize(2).doesNotHaveDuplicates();
        jobs.forEach(this::completed);

        var made = system.facebook().campaigns(account);
        assertThat(made).extracting(campaign -> campaign.itself().name())
                .containsExactlyInAnyOrder("File " + account, "More " + account);
        var first = made.stream().filter(campaign -> campaign.itself().name().startsWith("File")).findFirst()
                .orElseThrow();
        assertThat(first.adSets().stream().collect(Collectors.toMap(Existing::name, Existing::dailyBudget)))
                .isEqualTo(Map.of("Women", "1550", "Men", "2000"));
        assertThat(first.adNames()).containsExactlyInAnyOrder("Shoes", "Hats", "Boots");
        assertThat(jobsOf(system.http().upload(launch, file))).as("the same file again").isEqualTo(jobs);

        var back = file(jobs.getFirst());
        assertThat(back.statusCode()).isEqualTo(200);
        assertThat(back.headers().firstValue("content-disposition"))
                .hasValue("attachment; filename=\"" + jobs.getFirst() + ".csv\"");
        var read = system.http().upload("/v1/files?" + ACCOUNT_OF_FILE, back.body());
        assertThat(read.body().path("launchable").asBoolean()).as(read.body()::toPrettyString).isTrue();
        assertThat(read.body().path("campaigns").path(0).path("launch").path("adSets"))
                .isEqualTo(preview.body().path("campaigns").path(0).path("launch").path("adSets"));
    }

    @Test
    void a_file_with_wrong_cells_launches_nothing_and_each_is_named_by_its_place() {
        var account = system.freshAccount();
        var file = file(List.of(row("Wrong " + account, "Women", "1.234,50", "Shoes"),
                row("Wrong " + account, "Women", "20", "Shoes")));
        var preview = system.http().upload("/v1/files?" + ACCOUNT_OF_FILE, file).body();
        assertThat(preview.path("launchable").asBoolean()).isFalse();
        assertThat(preview.path("mistakes").path(0).path("row").asInt()).isEqualTo(2);
        assertThat(preview.path("mistakes").path(0).path("letter").asString()).isEqualTo("D");
        assertThat(preview.path("mistakes").path(0).path("read").asString()).isEqualTo("1.234,50");

        var refused = system.http().upload(launchOf(preview.path("sha256").asString(), account), file);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errors").path(0).path("field").asString())
                .isEqualTo("D2 Ad Set Daily Budget");
        assertThat(system.facebook().campaigns(account)).isEmpty();
    }

    @Test
    void what_launches_nothing_is_refused_and_says_why() {
        var account = system.freshAccount();
        var good = file(List.of(row("Good " + account, "Women", "15", "Shoes")));
        var sha256 = system.http().upload("/v1/files", good).body().path("sha256").asString();

        assertThat(system.http().upload("/v1/files", good).body().path("needs").path(0).asString())
                .isEqualTo("currency");
        assertThat(fields(system.http().upload("/v1/files?currency=XYZ&timeZone=Mars", good)))
                .containsExactlyInAnyOrder("currency", "timeZone");
        assertThat(fields(system.http().upload(launchOf("0".repeat(64), account), good))).containsExactly("sha256");
        assertThat(fields(system.http().upload(launchOf(sha256, "x"), good)))
                .containsExactly("row 2, adAccountId");
        assertThat(fields(system.http().upload("/v1/files", "%PDF-1.7".getBytes(StandardCharsets.UTF_8))))
                .containsExactly("file");
        assertThat(fields(system.http().upload("/v1/files", new byte[0]))).containsExactly("file");
        assertThat(system.http().post("/v1/files", Map.of()).status()).as("JSON is no file").isEqualTo(415);
        assertThat(system.http().upload("/v1/jobs", good).status()).as("a file is no request").isEqualTo(415);
        assertThat(system.http().upload("/v1/files", new byte[10 * 1024 * 1024 + 1]).status()).isEqualTo(413);
        assertThat(system.facebook().campaigns(account)).isEmpty();
    }

    @Test
    void whoever_sends_a_file_slowly_holds_up_nobody_else() throws IOException {
        int port = system.standalone().api().getPort();
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 3; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), port);
                slow.add(socket);
                socket.getOutputStream().write(("POST /v1/files HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nContent-Type: text/csv\r\nContent-Length: 1000\r\n\r\nCampaign")
                        .getBytes(StandardCharsets.US_ASCII));
            }
            var file = file(List.of(row("Beside", "Women", "15", "Shoes")));
            for (int i = 0; i < 3; i++) {
                assertThat(system.http().upload("/v1/files?" + ACCOUNT_OF_FILE, file).status()).isEqualTo(200);
            }
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    private void completed(String jobId) {
        assertThat(system.settled(jobId).path("status").asString()).isEqualTo("completed");
    }

    private HttpResponse<byte[]> file(String jobId) {
        return system.http().raw("/v1/jobs/" + jobId + "/file?" + ACCOUNT_OF_FILE, Map.of());
    }

    private static List<String> jobsOf(HttpApi.Response taken) {
        return taken.body().path("jobs").valueStream().map(job -> job.path("jobId").asString()).toList();
    }

    private static List<String> fields(HttpApi.Response answer) {
        assertThat(answer.status()).as(answer.body()::toPrettyString).isEqualTo(400);
        return answer.body().path("errors").valueStream().map((JsonNode one) -> one.path("field").asString()).toList();
    }
}
