package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.tools.Tools;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's file with its two images, launched by one command. */
@OnRunningSystem
class LaunchCommandIT {

    private static final Path EXAMPLES = Path.of("../../docs/examples");

    private final RunningSystem system;

    @TempDir
    private Path folder;

    LaunchCommandIT(RunningSystem system) {
        this.system = system;
    }

    private record Result(int code, String out, String err) {}

    private Result launch(String account) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = Tools.run(Map.of(), new PrintWriter(out, true), new PrintWriter(err, true), "launch",
                folder.resolve("spring.csv").toString(), "--account", account, "--credential",
                RunningSystem.CREDENTIAL, "--currency", "USD", "--user", "buyer", "--api",
                system.standalone().api().toString());
        return new Result(code, out.toString(), err.toString());
    }

    @Test
    void a_file_and_its_images_become_a_campaign_and_the_same_command_again_is_the_same_launch() throws IOException {
        var account = system.freshAccount();
        Files.copy(EXAMPLES.resolve("beach.png"), folder.resolve("beach.png"));
        Files.copy(EXAMPLES.resolve("city.jpg"), folder.resolve("city.jpg"));
        Files.writeString(folder.resolve("spring.csv"), Files.readString(EXAMPLES.resolve("spring.csv"))
                .replace("Spring shoes", "Spring " + account));

        var result = launch(account);

        assertThat(result.code()).as(result.toString()).isZero();
        assertThat(result.out()).contains("3 rows, 1 campaigns, 2 images and videos", "2 images and videos are in "
                + account, "completed  Spring " + account + ", 2 ad sets, 3 ads", "1 of 1 campaigns completed");
        var campaigns = system.facebook().campaigns(account);
        assertThat(campaigns).singleElement().satisfies(campaign -> assertThat(campaign.adNames())
                .containsExactlyInAnyOrder("Beach", "City", "City men"));

        assertThat(launch(account).code()).isZero();
        assertThat(system.facebook().campaigns(account)).hasSize(1);
    }
}
