package io.campaignlauncher.tools;

import io.campaignlauncher.tools.market.HistoryLine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what has happened to something of the marketplace. */
@Command(name = "history", exitCodeOnExecutionException = ReplayCommand.CANNOT, description = {
    "Lists every event that is about a campaign with its targets, a target, a channel, a wallet or a correction, or names it:",
    "what of it was changed, by whom, and what money moved. Columns are separated by tabs." })
final class ShowMarketHistory implements Callable<Integer> {

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private MarketEvents events = new MarketEvents();

    @Option(names = "--json", description = "A JSON object a line, with every event's content.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        if (!json) {
            out.println(HistoryLine.HEADER);
        }
        events.each(past -> out.println(json ? HistoryLine.json(past) : HistoryLine.forPeople(past)));
        out.flush();
        return 0;
    }
}
