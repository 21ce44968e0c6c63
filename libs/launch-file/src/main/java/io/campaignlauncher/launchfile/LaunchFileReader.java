package io.campaignlauncher.launchfile;

import io.campaignlauncher.launchfile.sheet.KnownColumns;
import io.campaignlauncher.launchfile.sheet.Sheet;
import io.campaignlauncher.launchfile.sheet.SheetRow;
import io.campaignlauncher.launchfile.sheet.Sheets;
import io.campaignlauncher.launchfile.sheet.UnreadableSheet;
import io.campaignlauncher.launchfile.sheet.UnreadableSheet.Reason;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of Ads Manager and of spreadsheets: one row for each ad, with what it says of its campaign and ad set.
 */
public final class LaunchFileReader {

    public static final int BYTES_MAX = 10 << 20;
    public static final int ROWS_MAX = 5_000;

    private final Options options;

    /** @param namesAreNumbered whether names that are there twice get numbers; else they are mistakes */
    public record Options(Account account, boolean namesAreNumbered) {}

    public LaunchFileReader(Options options) {
        this.options = options;
    }

    /** @param file is read to its end, or up to the bound, and not closed */
    public LaunchFile read(InputStream file) throws IOException {
        var bytes = file.readNBytes(BYTES_MAX + 1);
        var sha256 = Hashes.of(bytes);
        try {
            if (bytes.length > BYTES_MAX) {
                throw new UnreadableSheet(Reason.TOO_LARGE, "The file is larger than 10 MiB. Make several of it.");
            }
            return read(sha256, Sheets.open(bytes, Header::countKnown));
        } catch (UnreadableSheet e) {
            return new LaunchFile.Refused(sha256, e.reason(), e.sentence());
        }
    }

    private LaunchFile read(String sha256, Sheet sheet) throws UnreadableSheet {
        var rows = new RowsBelowHeaders();
        sheet.forEachRow(rows);
        if (rows.builder == null || rows.builder.rows() == 0) {
            throw new UnreadableSheet(Reason.EMPTY, "There is no row below the headers. Add one for each ad.");
        }
        return rows.builder.build(sha256, sheet.format());
    }

    private final class RowsBelowHeaders implements Sheet.Rows {

        private @Nullable PreviewBuilder builder;

        @Override
        public void take(SheetRow row) throws UnreadableSheet {
            if (builder == null) {
                builder = Header.countKnown(row.cells()) < KnownColumns.HEADERS_MIN ? null
                        : new PreviewBuilder(row, options);
            } else if (builder.rows() == ROWS_MAX) {
                throw new UnreadableSheet(Reason.TOO_MANY_ROWS,
                        "The file has more than 5,000 rows. Make several of it, each with whole campaigns.");
            } else {
                builder.take(row);
            }
        }
    }
}
