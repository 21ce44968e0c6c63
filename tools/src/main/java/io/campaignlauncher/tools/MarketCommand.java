package io.campaignlauncher.tools;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands that read the past of the marketplace. */
@Command(name = "market", synopsisSubcommandLabel = "COMMAND", description = {
    "Reads the events of the marketplace as they were stored, and compares with them what else there is.",
    "Nothing is changed." }, subcommands = { ShowMarketState.class, ShowMarketHistory.class, ShowBalance.class,
        CheckMarketTables.class, ExportMarketEvents.class, VerifyExport.class })
final class MarketCommand {

    @Mixin
    private final Help help = new Help();
}
