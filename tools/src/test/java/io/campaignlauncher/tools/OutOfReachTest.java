package io.campaignlauncher.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command beside a Kafka and a PostgreSQL that are not there, or that take connections and say nothing. */
class OutOfReachTest {

    private static final String JOB = "1f0c1b1e-0000-4000-8000-000000000001";
    private static final int CONNECTIONS_MAX = 200;

    @TempDir
    private Path folder;

    /** What a command answered. */
    private record CommandResult(List<String> command, int code, String out, String err) {}

    @Test
    void every_command_that_needs_a_server_says_in_a_line_that_it_cannot_reach_it() throws Exception {
        try (var silent = new ServerSocket(0, CONNECTIONS_MAX, InetAddress.getLoopbackAddress());
                var tasks = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var asked = new ArrayList<Callable<CommandResult>>();
            for (var port : List.of(closedPort(), silent.getLocalPort())) {
                commands(port).forEach(command -> asked.add(() -> answer(port, command)));
            }
            for (var answered : tasks.invokeAll(asked)) {
                var answer = answered.get();
                assertThat(answer.code()).as(answer.toString()).isPositive();
                assertThat(answer.err().lines()).as(answer.toString())
                        .anyMatch(line -> line.contains("Kafka") || line.contains("PostgreSQL"))
                        .noneMatch(line -> line.startsWith("\tat "));
            }
        }
    }

    private Stream<List<String>> commands(int port) {
        return Stream.of(
                List.of("dead-letters", "list"),
                List.of("dead-letters", "list", "--topic", "job.events"),
                List.of("dead-letters", "redrive", "--topic", "campaign.commands", "--offset", "1"),
                List.of("dead-letters", "redrive", "--topic", "campaign.commands", "--all"),
                List.of("replay", "job", JOB),
                List.of("replay", "job", JOB, "--from", "topic"),
                List.of("replay", "history", JOB),
                List.of("replay", "history", JOB, "--from", "topic"),
                List.of("replay", "diff"),
                List.of("replay", "diff", "--job", JOB),
                List.of("replay", "rebuild", "--dry-run"),
                List.of("replay", "rebuild", "--switch-over"),
                List.of("replay", "facebook", JOB, "--token-env", "TOKEN"),
                List.of("replay", "facebook", JOB, "--token-env", "TOKEN", "--from", "topic"),
                List.of("replay", "export", "--out", folder.resolve("export-" + port).toString()));
    }

    private static CommandResult answer(int port, List<String> command) {
        var out = new StringWriter();
        var err = new StringWriter();
        var url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=nobody";
        var environment = Map.of("TOKEN", "a-token");
        var arguments = new ArrayList<>(command);
        if (command.contains("dead-letters") || command.contains("topic")) {
            arguments.addAll(List.of("--bootstrap-servers", "127.0.0.1:" + port));
        }
        if (command.contains("replay")) {
            arguments.addAll(List.of("--jdbc-url", url));
        }
        var code = Tools.run(environment, new PrintWriter(out, true), new PrintWriter(err, true),
                arguments.toArray(String[]::new));
        return new CommandResult(command, code, out.toString(), err.toString());
    }

    private static int closedPort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
