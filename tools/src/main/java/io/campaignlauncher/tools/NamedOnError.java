package io.campaignlauncher.tools;

import io.campaignlauncher.telemetry.PlainText;
import java.util.Collection;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Names on the standard error what a command could do nothing with. */
final class NamedOnError {

    private static final int NAMED_MAX = 20;

    private NamedOnError() {}

    /** Names are made up by strangers, too. */
    static void print(CommandSpec spec, String what, Collection<String> names) {
        if (!names.isEmpty()) {
            spec.commandLine().getErr().println(names.stream().sorted().limit(NAMED_MAX).map(PlainText::oneLine)
                    .collect(Collectors.joining(", ", what + ": ", names.size() > NAMED_MAX ? ", ..." : "")));
        }
    }
}
