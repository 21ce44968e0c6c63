package io.campaignlauncher.tools;

import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Encrypts what an older key encrypted with the first one. What has been done stays done where it is broken off, and is not done again. */
@Command(name = "reencrypt", description = {
    "Encrypts each access token with the first key of launch.credentials.key that an older key of it encrypted.",
    "Services go on meanwhile. Exit code 1: there are some that no key opens." })
final class ReencryptCredentials implements Callable<Integer> {

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaConnection connection = new KafkaConnection();

    @Mixin
    private CredentialsKey key = new CredentialsKey();

    @Override
    public Integer call() {
        try (var reencryption = new Reencryption(connection, key.cipher(spec), Clock.systemUTC())) {
            var result = reencryption.run();
            spec.commandLine().getOut().println(String.format(Locale.ROOT,
                    "%d encrypted with the first key, %d were already, %d that no key opens, %d that are no credentials",
                    result.done(), result.already(), result.sealed().size(), result.unreadable().size()));
            NamedOnError.print(spec, "no key opens", result.sealed());
            NamedOnError.print(spec, "no credentials", result.unreadable());
            return result.sealed().isEmpty() ? 0 : 1;
        }
    }
}
