package io.campaignlauncher.tools;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine;

/**
 * The operators' command line. Exit codes: 0 for done, 1 for something that could not be done, 2 for a command that was not
 * understood. Commands that compare have their own: 1 for differences, 2 for what could not be done.
 */
@Command(name = "campaign-tools", synopsisSubcommandLabel = "COMMAND", description = "What operators of Campaign Launcher need beside the running services.", subcommands = {
    DeadLettersCommand.class, ReplayCommand.class, RecoverCommand.class, CredentialsCommand.class,
    WebhooksCommand.class, LedgerCommand.class,
    MarketCommand.class,
    LaunchCommand.class,
    ShowAudit.class,
    ShowAcls.class })
public final class Tools {

    @Mixin
    private final Help help = new Help();

    private final Environment surroundings;

    private Tools(Environment surroundings) {
        this.surroundings = surroundings;
    }

    Environment surroundings() {
        return surroundings;
    }

    public static void main(String[] args) {
        // By this name, so that it silences this program alone and none that has this module on its classpath.
        System.setProperty("logback.configurationFile", "logback-tools.xml");
        System.exit(run(new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8), args));
    }

    /** @return the exit code */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(Environment.ofThisProcess(), out, err, args);
    }

    /** The same with another environment, and nobody watching. */
    public static int run(Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
        return run(new Environment(environment, false), out, err, args);
    }

    private static int run(Environment surroundings, PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Tools(surroundings)).setOut(out).setErr(err)
                .setExecutionExceptionHandler((failure, command, _) -> {
                    command.getErr().println(Failures.inOneLine(failure));
                    return command.getCommandSpec().exitCodeOnExecutionException();
                })
                .execute(args);
    }
}
