package io.campaignlauncher.tools;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands that bring the system back after its database, or its Kafka, was put back or lost. */
@Command(name = "recover", synopsisSubcommandLabel = "COMMAND", description = {
    "Brings the system back after its database was put back to an earlier time, or its Kafka was lost.",
    "docs/operations.md has the order of the steps. Where topics and tables are of one system, none changes anything." }, subcommands = {
        CompareHistories.class, ImportTail.class, SetOffsetsBack.class, VerifyRecovery.class, PublishAnew.class })
final class RecoverCommand {

    @Mixin
    private final Help help = new Help();
}
