package io.campaignlauncher.tools;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands about stored access tokens. */
@Command(name = "credentials", synopsisSubcommandLabel = "COMMAND", description = "Looks after the access tokens that are stored, without showing any.", subcommands = {
    ReencryptCredentials.class })
final class CredentialsCommand {

    @Mixin
    private final Help help = new Help();
}
