package io.campaignlauncher.tools;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands that read what was stored. */
@Command(name = "replay", synopsisSubcommandLabel = "COMMAND", description = {
    "Reads the events of jobs as they were stored, and compares with them what else there is.",
    "Nothing is changed, but by rebuild --switch-over." }, subcommands = { ShowJob.class, ShowHistory.class,
        CheckTables.class, CheckFacebook.class, ExportEvents.class, VerifyExport.class, RebuildTables.class })
final class ReplayCommand {

    /** Something is not as the events say. */
    static final int DIFFERENT = 1;
    /** It could not be done. */
    static final int CANNOT = 2;

    @Mixin
    private final Help help = new Help();
}
