package io.campaignlauncher.tools;

import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.market.tables.LedgerCheck;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks whether all invariants of the ledger hold, in one view of the tables. Changes nothing. */
@Command(name = "check", description = {
    "Looks whether everything that must hold of the marketplace's tables does, in one view of them.",
    "Exit code 1: something is broken; each row that breaks a rule is a line." })
final class CheckLedger implements Callable<Integer> {

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DatabaseConnection connection = new DatabaseConnection();

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "600", description = "How long it may take (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    @Override
    public Integer call() {
        var address = connection.address(Environment.of(spec));
        var broken = new LedgerCheck(new DriverManagerDataSource(address.url(), address.properties()),
                EventStoreSchema.MARKETPLACE.name(),
                Duration.ofSeconds(timeoutSeconds)).run();
        var out = spec.commandLine().getOut();
        broken.forEach(one -> out.println(one.invariant() + "\t" + one.meaning() + "\t" + one.row()));
        out.println(broken.isEmpty() ? "everything holds" : broken.size() + " rows break a rule");
        return broken.isEmpty() ? 0 : 1;
    }
}
