package io.campaignlauncher.tools;

import io.campaignlauncher.messaging.TokenCipher;
import io.campaignlauncher.tools.events.OperationRefused;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The keys that a command encrypts and decrypts with. They come from the environment alone. */
final class CredentialsKey {

    @Option(names = "--credentials-key-env", paramLabel = "NAME", required = true, description = "The environment variable that holds launch.credentials.key: the new key and the older ones, with commas between them.")
    private String variable = "";

    /** @throws OperationRefused where there is no such key; it shows nothing of what there is */
    TokenCipher cipher(CommandSpec spec) {
        try {
            return TokenCipher.withKey(Environment.of(spec).secret(variable));
        } catch (IllegalArgumentException e) {
            throw new OperationRefused(variable + ": " + e.getMessage());
        }
    }
}
