package io.campaignlauncher.tools;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands about registered webhooks. */
@Command(name = "webhooks", synopsisSubcommandLabel = "COMMAND", description = "Looks after the secrets of registered webhooks, without showing any.", subcommands = {
    ReencryptWebhooks.class })
final class WebhooksCommand {

    @Mixin
    private final Help help = new Help();
}
