package io.campaignlauncher.launchfile;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes launches as Ads Manager exports them, so that it can import them: UTF-16 LE with its mark, tabs, CRLF, and
 * only the columns that are in use. No cell is a formula. What {@link LaunchFileReader} makes of the file for the same
 * account is the same launches.
 */
public final class LaunchFileWriter {

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setDelimiter('\t').setRecordSeparator("\r\n")
            .get();

    private final Account account;

    public LaunchFileWriter(Account account) {
        this.account = account;
    }

    /**
     * @param launches bodies of {@linkplain ListedLaunch listed} launches
     * @param file     is flushed and not closed
     */
    public WrittenFile write(List<ObjectNode> launches, OutputStream file) throws IOException {
        var rows = new LaunchRows(account);
        for (var launch : launches) {
            rows.add(JsonCells.asRead(launch));
        }
        var columns = Columns.MAPPED.stream()
                .filter(column -> rows.rows().stream().anyMatch(row -> row.containsKey(column))).toList();
        var writer = new OutputStreamWriter(file, StandardCharsets.UTF_16LE).append('\uFEFF');
        var printer = new CSVPrinter(writer, FORMAT);
        printer.printRecord(columns.stream().map(Column::header));
        for (var row : rows.rows()) {
            printer.printRecord(columns.stream().map(column -> Defused.of(row.getOrDefault(column, ""))));
        }
        printer.flush();
        return new WrittenFile(rows.rows().size(), rows.leftOut());
    }
}
