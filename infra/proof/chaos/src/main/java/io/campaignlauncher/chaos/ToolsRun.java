package io.campaignlauncher.chaos;

import io.campaignlauncher.embedded.PrivateFiles;
import io.campaignlauncher.tools.Tools;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** An operator at the command line of {@code campaign-tools}: a process for each command, logged in as tools are. */
final class ToolsRun {

    private static final String KAFKA_SETTING = "kafka.properties.";

    private final Path folder;
    private final Map<String, String> environment;
    private final PrintStream out;

    /**
     * @param kafka    how tools log in to Kafka, as Spring settings
     * @param database how the job-service logs in to PostgreSQL, as Spring settings
     */
    ToolsRun(Path folder, Properties kafka, Properties database, URI graph, PrintStream out) {
        this.folder = folder;
        this.out = out;
        var login = folder.resolve("tools.properties");
        var lines = new StringBuilder();
        kafka.stringPropertyNames().stream().filter(name -> name.startsWith(KAFKA_SETTING)).forEach(name -> lines
                .append(name.substring(KAFKA_SETTING.length())).append('=').append(kafka.getProperty(name))
                .append('\n'));
        try {
            PrivateFiles.write(login, lines.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment = new HashMap<>(Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka.getProperty("kafka.bootstrap-servers"),
                "KAFKA_COMMAND_CONFIG", login.toString(), "SPRING_DATASOURCE_URL",
                database.getProperty("spring.datasource.url"), "SPRING_DATASOURCE_USERNAME",
                database.getProperty("spring.datasource.username"), "SPRING_DATASOURCE_PASSWORD",
                database.getProperty("spring.datasource.password"), "GRAPH_BASE_URL", graph.toString(), "TOKEN",
                Launch.TOKEN));
    }

    /** What a command said. */
    record Said(int code, String output) {

        boolean tells(String kind) {
            return output.lines().anyMatch(line -> line.startsWith(kind + "\t"));
        }
    }

    /** Variables that commands find from now on. */
    ToolsRun with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Runs it to its end. */
    Said run(String... arguments) throws InterruptedException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Tools.class.getName()));
        command.addAll(List.of(arguments));
        out.println("          $ campaign-tools " + String.join(" ", arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var code = process.waitFor();
            var said = output.lines().filter(line -> !line.contains(" WARN ")).toList();
            said.stream().limit(8).forEach(line -> out.println("            " + line));
            out.println("            exit code " + code
                    + (said.size() > 8 ? ", " + (said.size() - 8) + " lines more" : ""));
            return new Said(code, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same where nothing else than done will do. */
    Said done(String... arguments) throws InterruptedException {
        var said = run(arguments);
        if (said.code() != 0) {
            throw new IllegalStateException("campaign-tools " + List.of(arguments) + ": " + said.output());
        }
        return said;
    }
}
