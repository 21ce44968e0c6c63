package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.tools.Tools;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the runbook has an operator type, typed as it stands there, at a system on which launches ended in several ways. */
@OnRunningSystem
class RunbookIT {

    private static final Path RUNBOOK = Path.of("../../docs/runbook.md");
    private static final Pattern COMMANDS = Pattern.compile("(?s)\n### (\\w+)\n((?:(?!\n##).)*)");
    private static final Pattern BLOCK = Pattern.compile("(?s)\n```sh\n(.*?)\n```");
    private static final long SECONDS_MAX = 60;

    private final RunningSystem system;

    @TempDir
    private Path folder;

    RunbookIT(RunningSystem system) {
        this.system = system;
    }

    private record Passage(String alert, String commands) {}

    @TestFactory
    Stream<DynamicTest> the_commands_of_an_alert_answer() throws IOException {
        Stream.of("bash", "curl", "grep", "psql").forEach(RunbookIT::orSkip);
        launches();
        var passages = passages();
        assertThat(passages).hasSizeGreaterThan(30);
        var environment = environment();
        return passages.stream().map(passage -> DynamicTest.dynamicTest(passage.alert(),
                () -> assertThat(run(passage.commands(), environment)).isNotBlank()));
    }

    /** One that is completed, one that is refused, one that tried again, one that was rolled back. */
    private void launches() {
        var retried = Requests.oneFiftyOne(system.freshAccount(), 2).build();
        var rolledBack = Requests.oneFiftyOne(system.freshAccount(), 2).build();
        system.fault(retried.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.replyLost(), 1, 1);
        system.fault(rolledBack.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 1, 1);
        Stream.of(Requests.oneFiftyOne(system.freshAccount(), 2).build(), Requests.oneFiftyOne("act_1002", 2).build(),
                retried, rolledBack).forEach(system::launch);
        system.tablesAreUpToDate();
    }

    private static List<Passage> passages() throws IOException {
        var passages = new ArrayList<Passage>();
        COMMANDS.matcher(Files.readString(RUNBOOK)).results().forEach(found -> {
            var blocks = BLOCK.matcher(found.group(2)).results().map(block -> block.group(1)).toList();
            if (!blocks.isEmpty()) {
                passages.add(new Passage(found.group(1), String.join("\n", blocks)));
            }
        });
        return passages;
    }

    /** As the page's head sets it. */
    private Map<String, String> environment() throws IOException {
        var bin = Files.createDirectory(folder.resolve("bin"));
        var tools = bin.resolve("campaign-tools");
        Files.writeString(tools, "#!/bin/sh\nexec \"$JAVA\" -XX:TieredStopAtLevel=1 -cp \"$TOOLS\" "
                + Tools.class.getName() + " \"$@\"\n");
        assertThat(tools.toFile().setExecutable(true)).isTrue();
        var standalone = system.standalone();
        var url = standalone.database().jdbcUrl().replaceFirst("\\?.*", "");
        var data = standalone.folder();
        var environment = new HashMap<String, String>();
        environment.put("PATH", bin + File.pathSeparator + System.getenv("PATH"));
        environment.put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
        environment.put("TOOLS", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        environment.put("HTTP", standalone.api().toString());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", standalone.kafka().bootstrapServers());
        environment.put("KAFKA_COMMAND_CONFIG", data.resolve("kafka/tools.properties").toString());
        environment.put("DATABASE_URL", url.replace("jdbc:postgresql://", "postgresql://job_service@"));
        environment.put("MARKET_URL", url.replace("jdbc:postgresql://", "postgresql://moderation_service@"));
        environment.put("MARKET_PASSWORD", password(data, "moderation_service"));
        environment.put("PGPASSFILE", data.resolve("postgresql/pgpass").toString());
        environment.put("SPRING_DATASOURCE_URL", url);
        environment.put("SPRING_DATASOURCE_USERNAME", "job_service");
        environment.put("SPRING_DATASOURCE_PASSWORD", password(data, "job_service"));
        return environment;
    }

    private static String password(Path data, String role) throws IOException {
        return Files.readString(data.resolve("postgresql/passwords").resolve(role)).strip();
    }

    private String run(String commands, Map<String, String> environment) throws IOException, InterruptedException {
        var said = folder.resolve("said");
        var builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).as("%s ends", commands).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        var output = Files.readString(said, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s%nsaid: %s", commands, output).isZero();
        return output;
    }

    private static void orSkip(String program) {
        Assumptions.assumeTrue(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(each -> Files.isExecutable(Path.of(each, program))),
                program + " is not on the PATH, so the runbook was not tried");
    }
}
