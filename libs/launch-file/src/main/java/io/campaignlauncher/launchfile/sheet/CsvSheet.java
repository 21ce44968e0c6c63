package io.campaignlauncher.launchfile.sheet;

import io.campaignlauncher.launchfile.sheet.UnreadableSheet.Reason;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * A text with one row a line. Which encoding and which separator it has is what shows the most known headers, not what
 * a mark says.
 */
final class CsvSheet implements Sheet {

    /** Of a spreadsheet, empty ones included. */
    private static final int ROWS_MAX = 1 << 20;
    private static final int HEADERS_BYTES_MAX = 64 * 1024;
    private static final Map<Character, String> SEPARATORS = Map.of('\t', "tab", ',', "comma", ';', "semicolon");

    private final byte[] file;
    private final Encoding encoding;
    private final char separator;

    private CsvSheet(byte[] file, Encoding encoding, char separator) {
        this.file = file;
        this.encoding = encoding;
        this.separator = separator;
    }

    static Sheet open(byte[] file, KnownColumns known) throws UnreadableSheet {
        CsvSheet best = null;
        int most = KnownColumns.HEADERS_MIN - 1;
        for (var encoding : Arrays.stream(Encoding.values()).filter(each -> each.fits(file)).toList()) {
            var beginning = encoding.beginning(file, HEADERS_BYTES_MAX);
            for (char separator : SEPARATORS.keySet()) {
                int count = mostKnown(beginning, separator, known);
                if (count > most) {
                    most = count;
                    best = new CsvSheet(file, encoding, separator);
                }
            }
        }
        if (best == null) {
            throw Sheets.noKnownColumns();
        }
        return best;
    }

    /** The most in one of the first rows; what is cut off with the beginning does not matter. */
    private static int mostKnown(String beginning, char separator, KnownColumns known) {
        int most = 0;
        int rows = 0;
        try (var parser = parser(new StringReader(beginning), separator)) {
            for (var row : parser) {
                var cells = row.toList();
                most = Math.max(most, known.count(cells));
                rows += cells.stream().allMatch(String::isBlank) ? 0 : 1;
                if (rows == KnownColumns.ROWS_MAX) {
                    return most;
                }
            }
            return most;
        } catch (IOException | UncheckedIOException e) {
            return most;
        }
    }

    private static CSVParser parser(Reader reader, char separator) throws IOException {
        return CSVParser.builder()
                .setReader(new SeparatorBound(reader, separator))
                .setFormat(CSVFormat.DEFAULT.builder().setDelimiter(separator).setIgnoreEmptyLines(false).get())
                .get();
    }

    @Override
    public String format() {
        return "CSV, " + encoding.title() + ", " + SEPARATORS.get(separator);
    }

    @Override
    public void forEachRow(Rows rows) throws UnreadableSheet {
        int number = 0;
        try (var parser = parser(encoding.read(file), separator)) {
            for (var record : parser) {
                if (++number > ROWS_MAX) {
                    throw new UnreadableSheet(Reason.TOO_MANY_ROWS,
                            "The file has more rows than any spreadsheet, most of them empty. Delete those.");
                }
                var row = new SheetRow(number, record.toList(), Map.of());
                if (!row.isEmpty()) {
                    rows.take(row);
                }
            }
        } catch (UncheckedIOException e) {
            throw unreadable(number + 1, Objects.requireNonNullElse(e.getCause(), e));
        } catch (IOException e) {
            throw unreadable(number + 1, e);
        }
    }

    private static UnreadableSheet unreadable(int row, Exception e) {
        if (e instanceof SeparatorBound.Exceeded) {
            return new UnreadableSheet(Reason.UNSAFE, "Row " + row + " has more columns than any spreadsheet. "
                    + "Save the file again from a spreadsheet.", e);
        }
        var what = e instanceof CharacterCodingException
                ? "In row " + row + " or below is what is no character, or the file ends in the middle of one"
                : "Row " + row + " has a quotation mark that does not close its cell, or nothing that closes it";
        return new UnreadableSheet(Reason.DAMAGED, what
                + ". The file was cut off or changed by hand: export it again.", e);
    }
}
