package io.campaignlauncher.tools;

import io.campaignlauncher.market.history.WalletBalance;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.model.Money;
import io.campaignlauncher.tools.market.WalletCheck;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows what a wallet had. */
@Command(name = "balance", exitCodeOnExecutionException = ReplayCommand.CANNOT, description = {
    "Shows what a wallet has, or had at a time: from the events alone, and beside it what the tables tell.",
    "Exit code 1: they differ." })
final class ShowBalance implements Callable<Integer> {

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DatabaseConnection database = new DatabaseConnection();

    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    @Option(names = "--tenant", paramLabel = "TENANT", defaultValue = "local", description = "Of the user (default: ${DEFAULT-VALUE}).")
    private String tenant = "";

    @Option(names = "--at", paramLabel = "TIME", converter = Time.class, description = "At this time, e.g. 2026-01-31T00:00:00Z (default: now).")
    private @Nullable Instant at;

    @Option(names = "--json", description = "JSON.")
    private boolean json;

    /** Either. */
    static final class Whose {

        @Parameters(paramLabel = "WALLET", description = "The wallet's id (UUID).")
        private @Nullable UUID walletId;

        @Option(names = "--user", paramLabel = "USER", description = "Whose wallet it is.")
        private @Nullable String userId;

        UUID walletId(String tenant) {
            return walletId != null ? walletId : MarketIds.userWallet(tenant, String.valueOf(userId));
        }
    }

    @Override
    public Integer call() throws Exception {
        var walletId = whose.walletId(tenant);
        WalletCheck.Outcome outcome;
        try (var progress = Progress.of(spec, "reading the ledger", "transactions", 0)) {
            outcome = WalletCheck.of(database.address(Environment.of(spec)), walletId, at, progress);
        }
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(document(walletId, outcome));
        } else {
            show(walletId, outcome, out);
        }
        out.flush();
        return outcome.same() ? 0 : ReplayCommand.DIFFERENT;
    }

    private static void show(UUID walletId, WalletCheck.Outcome outcome, PrintWriter out) {
        out.println("wallet " + walletId + " at " + outcome.at());
        out.println("FIGURE\tEVENTS\tTABLES");
        line(out, "balance", outcome.events().balance(), outcome.entries().balance());
        line(out, "held", outcome.events().held(), outcome.entries().held());
        if (outcome.row() != null) {
            line(out, "row", outcome.events().balance(), outcome.row());
        }
    }

    private static void line(PrintWriter out, String figure, Money events, Money tables) {
        out.println(String.join("\t", figure, events.toString(), tables.toString()));
    }

    private static ObjectNode document(UUID walletId, WalletCheck.Outcome outcome) {
        var document = JsonNodeFactory.instance.objectNode().put("walletId", walletId.toString())
                .put("at", outcome.at().toString());
        put(document.putObject("events"), outcome.events());
        put(document.putObject("tables"), outcome.entries());
        return outcome.row() == null ? document : document.put("row", outcome.row().toString());
    }

    private static void put(ObjectNode node, WalletBalance balance) {
        node.put("balance", balance.balance().toString()).put("held", balance.held().toString());
    }
}
