package io.campaignlauncher.tools;

import io.campaignlauncher.messaging.TokenCipher;
import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.tools.events.OperationRefused;
import java.time.Clock;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Encrypts what an older key encrypted with the first one. What has been done stays done where it is broken off, and is not done again. */
@Command(name = "reencrypt", description = {
    "Encrypts each access token with the first key of launch.credentials.key that an older key of it encrypted.",
    "Services go on meanwhile. Exit code 1: there are some that no key opens." })
final class ReencryptCredentials implements Callable<Integer> {

    private static final int NAMED_MAX = 20;

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaConnection connection = new KafkaConnection();

    @Option(names = "--credentials-key-env", paramLabel = "NAME", required = true, description = "The environment variable that holds launch.credentials.key: the new key and the older ones, with commas between them.")
    private String keyVariable = "";

    @Override
    public Integer call() {
        try (var reencryption = new Reencryption(connection, cipher(), Clock.systemUTC())) {
            var result = reencryption.run();
            spec.commandLine().getOut().println(String.format(Locale.ROOT,
                    "%d encrypted with the first key, %d were already, %d that no key opens, %d that are no credentials",
                    result.done(), result.already(), result.sealed().size(), result.unreadable().size()));
            name("no key opens", result.sealed());
            name("no credentials", result.unreadable());
            return result.sealed().isEmpty() ? 0 : 1;
        }
    }

    /** Names are made up by strangers, too. */
    private void name(String what, Collection<String> keys) {
        if (!keys.isEmpty()) {
            spec.commandLine().getErr().println(keys.stream().sorted().limit(NAMED_MAX).map(PlainText::oneLine)
                    .collect(Collectors.joining(", ", what + ": ", keys.size() > NAMED_MAX ? ", ..." : "")));
        }
    }

    private TokenCipher cipher() {
        try {
            return TokenCipher.withKey(Environment.of(spec).secret(keyVariable));
        } catch (IllegalArgumentException e) {
            throw new OperationRefused(keyVariable + ": " + e.getMessage());
        }
    }
}
