package io.campaignlauncher.tools;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands about the marketplace's books. */
@Command(name = "ledger", synopsisSubcommandLabel = "COMMAND", description = "Looks at the books of the marketplace.", subcommands = {
    CheckLedger.class })
final class LedgerCommand {

    @Mixin
    private final Help help = new Help();
}
