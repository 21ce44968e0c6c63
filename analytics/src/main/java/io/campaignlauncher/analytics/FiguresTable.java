package io.campaignlauncher.analytics;

import io.campaignlauncher.analytics.model.Counted;
import io.campaignlauncher.analytics.model.FiguresNow;
import io.campaignlauncher.analytics.model.Share;
import io.campaignlauncher.analytics.model.Span;
import io.campaignlauncher.analytics.model.Stage;
import io.campaignlauncher.analytics.model.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures as lines to read: a row for each, a column for each span of time and one for everything that was read. */
final class FiguresTable {

    private static final String NONE = "-";
    private static final int NAME_WIDTH = 44;
    private static final int WIDTH = 12;

    private final List<Tally> columns = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    private FiguresTable(FiguresNow figures) {
        Arrays.stream(Span.values()).forEach(span -> columns.add(figures.of(span)));
        columns.add(figures.inAll());
    }

    static String of(FiguresNow figures) {
        var table = new FiguresTable(figures);
        table.lines.add(line("", Stream.concat(Arrays.stream(Span.values()).map(Span::label), Stream.of("in all"))));
        table.counts("accepted", Counted.JOBS_ACCEPTED);
        table.counts("settled", Counted.JOBS_SETTLED);
        table.counts("verification", Counted.VERIFICATIONS);
        table.share("verification pass rate", Share.VERIFICATIONS_PASSED);
        table.counts("refused because of", Counted.REFUSALS);
        table.counts("retries because of", Counted.RETRIES);
        table.counts("rate limits", Counted.RATE_LIMITS);
        table.share("retry success", Share.RETRY_SUCCESS);
        table.row("retries per retried job", tally -> decimal(Share.RETRIES_PER_RETRIED_JOB.of(tally)));
        table.share("retries exhausted", Share.RETRIES_EXHAUSTED);
        table.share("jobs with a discrepancy", Share.DISCREPANCIES);
        table.counts("entities missing", Counted.ENTITIES_MISSING);
        table.counts("adopted (excess prevented) by", Counted.ENTITIES_ADOPTED);
        table.counts("duplicates found", Counted.DUPLICATES_FOUND);
        table.counts("duplicates removed", Counted.DUPLICATES_REMOVED);
        table.counts("rollbacks because of", Counted.ROLLBACKS);
        table.share("rollback rate", Share.ROLLBACKS);
        table.share("rollback success", Share.ROLLBACK_SUCCESS);
        for (var stage : Stage.values()) {
            table.times(stage);
        }
        table.lines.add("jobs under way: " + figures.underWay());
        return String.join("\n", table.lines) + "\n";
    }

    private void counts(String name, Counted counted) {
        var labels = new TreeSet<>(counted.known());
        columns.forEach(tally -> labels.addAll(tally.counts(counted).keySet()));
        labels.forEach(label -> row((name + " " + label).strip(), tally -> Long.toString(tally.count(counted, label))));
    }

    private void share(String name, Share share) {
        row(name, tally -> number("%.1f %%", 100 * share.of(tally)));
    }

    private void times(Stage stage) {
        var name = stage.name().toLowerCase(Locale.ROOT) + " time, s, ";
        row(name + "median", tally -> decimal(tally.durations(stage).percentileSeconds(0.5)));
        row(name + "95 %", tally -> decimal(tally.durations(stage).percentileSeconds(0.95)));
    }

    private void row(String name, Function<Tally, String> value) {
        lines.add(line(name, columns.stream().map(value)));
    }

    private static String line(String name, Stream<String> cells) {
        return String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s", name)
                + cells.map(cell -> String.format(Locale.ROOT, "%" + WIDTH + "s", cell)).collect(Collectors.joining());
    }

    private static String decimal(double value) {
        return number("%.2f", value);
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, format, value);
    }
}
