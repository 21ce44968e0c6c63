package io.campaignlauncher.tools;

import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Encrypts what an older key encrypted with the first one. What has been done stays done where it is broken off, and is not done again. */
@Command(name = "reencrypt", description = {
    "Encrypts each secret of a webhook with the first key of launch.credentials.key that an older key of it encrypted.",
    "Services go on meanwhile. Exit code 1: there are some that no key opens." })
final class ReencryptWebhooks implements Callable<Integer> {

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DatabaseConnection connection = new DatabaseConnection();

    @Mixin
    private CredentialsKey key = new CredentialsKey();

    @Override
    public Integer call() throws SQLException {
        try (var reencryption = new WebhookReencryption(connection.address(Environment.of(spec)),
                key.cipher(spec))) {
            var result = reencryption.run();
            spec.commandLine().getOut().println(String.format(Locale.ROOT,
                    "%d encrypted with the first key, %d were already, %d that no key opens", result.done(),
                    result.already(), result.sealed().size()));
            NamedOnError.print(spec, "no key opens a secret of the webhooks", result.sealed());
            return result.sealed().isEmpty() ? 0 : 1;
        }
    }
}
