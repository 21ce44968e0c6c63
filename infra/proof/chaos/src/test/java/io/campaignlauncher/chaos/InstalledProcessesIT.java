package io.campaignlauncher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.SimulatorSettings;
import io.campaignlauncher.simulator.core.GraphRules;
import io.campaignlauncher.tools.Tools;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** docs/processes.md, from the files that it puts in place to the launch by which it tries whether all of it works. */
class InstalledProcessesIT {

    private static final String EXAMPLE = "../../../docs/examples/spring.csv";
    private static final String ACCOUNT = "act_910000001";
    private static final String PASSWORD = "tidy otter 7";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private record Person(String userId, String token) {}

    private record Said(int code, String out, String err) {}

    @Test
    void what_the_units_start_completes_a_launch_with_the_settings_and_the_rights_of_the_page() throws Exception {
        try (var simulator = Simulator.start(
                SimulatorSettings.DEFAULTS.withRules(GraphRules.DEFAULTS.withMutationsPerSecondMax(0)));
                var installed = Installation.start(folder, simulator.baseUrl())) {
            var ann = registered(installed);
            storeToken(installed, ann.token());

            var launched = tools(Map.of("TOKEN", ann.token()), "launch", EXAMPLE, "--account", ACCOUNT, "--currency",
                    "USD", "--user", ann.userId(), "--api", installed.api("job-service").toString(),
                    "--token-env=TOKEN");
            assertThat(launched.code()).as(launched.toString()).isZero();
            assertThat(launched.out()).contains("1 of 1 campaigns completed");
            assertThat(simulator.world().campaigns(ACCOUNT)).hasSize(1);

            var letters = tools(Map.of(), Stream.concat(Stream.of("dead-letters", "list"),
                    installed.toolsOptions().stream()).toArray(String[]::new));
            assertThat(letters.code()).as(letters.toString()).isZero();
            assertThat(letters.out().lines().filter(line -> line.startsWith("campaign."))).isEmpty();
            assertThat(installed.topics()).isNotEmpty().allMatch(Installation.NAMES::isOurs);
            assertThat(installed.folder().resolve("first-admin").resolve("admin.password")).isNotEmptyFile();
        }
    }

    private static Person registered(Installation installed) throws InterruptedException {
        try (var identity = new AskedAgain(List.of(installed.api("identity-service")))) {
            var nobody = new Caller(identity, null, 0, new Random(1));
            var person = Map.of("username", "ann", "password", PASSWORD);
            var made = nobody.make("/api/auth/register", "ann", person);
            return new Person(made.path("userId").asString(),
                    nobody.post("/api/auth/login", person).path("accessToken").asString());
        }
    }

    private static void storeToken(Installation installed, String token) {
        var request = HttpRequest.newBuilder(installed.api("job-service").resolve("/v1/credentials/default"))
                .header("content-type", "application/json").header("authorization", "Bearer " + token)
                .PUT(HttpRequest.BodyPublishers.ofString("{\"accessToken\":\"" + Launch.TOKEN + "\"}")).build();
        assertThat(Processes.status(request)).isEqualTo(204);
    }

    private static Said tools(Map<String, String> environment, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = Tools.run(environment, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Said(code, out.toString(), err.toString());
    }
}
