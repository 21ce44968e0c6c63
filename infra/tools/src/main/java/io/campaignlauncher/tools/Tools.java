package io.campaignlauncher.tools;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The operators' command line. Exit codes: 0 for done, 1 for something that could not be done, 2 for a command that was not
 * understood.
 */
@Command(name = "campaign-tools", synopsisSubcommandLabel = "COMMAND", description = "What operators of Campaign Launcher need beside the running services.", subcommands = DeadLettersCommand.class)
public final class Tools {

    @Mixin
    private final Help help = new Help();

    private Tools() {}

    public static void main(String[] args) {
        // By this name, so that it silences this program alone and none that has this module on its classpath.
        System.setProperty("logback.configurationFile", "logback-tools.xml");
        System.exit(run(new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8), args));
    }

    /** @return the exit code */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Tools()).setOut(out).setErr(err)
                .setExecutionExceptionHandler((failure, command, _) -> {
                    command.getErr().println(Failures.inOneLine(failure));
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args);
    }
}
