package io.campaignlauncher.launchfile.sheet;

import io.campaignlauncher.launchfile.sheet.UnreadableSheet.Reason;
import java.util.Arrays;
import org.dhatim.fastexcel.reader.ReadableWorkbook;

/** Finds out by its content what a file is; names lie. */
public final class Sheets {

    private static final int HEAD_BYTES = 8;

    private Sheets() {}

    public static Sheet open(byte[] file, KnownColumns known) throws UnreadableSheet {
        if (file.length == 0) {
            throw new UnreadableSheet(Reason.EMPTY, "The file is empty. Save it again, and choose the saved one.");
        }
        // The library wants as many bytes as the longest of these headers has.
        var head = Arrays.copyOf(file, HEAD_BYTES);
        if (ReadableWorkbook.isOOXMLZipHeader(head)) {
            return WorkbookSheet.open(file, known);
        }
        if (ReadableWorkbook.isOLE2Header(head)) {
            throw new UnreadableSheet(Reason.NO_KNOWN_COLUMNS,
                    "This is a workbook of the old kind (.xls), or one with a password. Save it as .xlsx or as CSV.");
        }
        return CsvSheet.open(file, known);
    }

    static UnreadableSheet noKnownColumns() {
        return new UnreadableSheet(Reason.NO_KNOWN_COLUMNS,
                "No row of headers was found. One of the first rows must hold the names of columns as Ads Manager writes them,"
                        + " such as Campaign Name and Ad Set Name.");
    }
}
