package io.campaignlauncher.launchfile.sheet;

import io.campaignlauncher.launchfile.sheet.UnreadableSheet.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/** The first sheet of an Excel workbook (.xlsx) that has known headers. */
final class WorkbookSheet implements Sheet {

    private static final ReadingOptions FORMATS_TOO = new ReadingOptions(true, true);

    private static final int NAME_CHARACTERS_MAX = 31;

    private final byte[] file;
    private final int index;
    private final String name;

    private WorkbookSheet(byte[] file, int index, String name) {
        this.file = file;
        this.index = index;
        this.name = name.substring(0, Math.min(name.length(), NAME_CHARACTERS_MAX));
    }

    static Sheet open(byte[] file, KnownColumns known) throws UnreadableSheet {
        WorkbookGuard.check(file);
        try (var workbook = workbook(file)) {
            for (var sheet : workbook.getSheets().toList()) {
                if (hasHeaders(sheet, known)) {
                    return new WorkbookSheet(file, sheet.getIndex(), sheet.getName());
                }
            }
            throw Sheets.noKnownColumns();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    @Override
    public String format() {
        return "XLSX, sheet " + name;
    }

    @Override
    public void forEachRow(Rows rows) throws UnreadableSheet {
        try (var workbook = workbook(file);
                var stream = read(() -> workbook.getSheet(index).orElseThrow().openStream())) {
            var each = stream.iterator();
            int number = 0;
            for (var row = next(each); row != null; row = next(each)) {
                number = Math.max(number + 1, row.getRowNum());
                var read = read(row, number);
                if (!read.isEmpty()) {
                    rows.take(read);
                }
            }
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private static ReadableWorkbook workbook(byte[] file) throws UnreadableSheet {
        return read(() -> new ReadableWorkbook(new ByteArrayInputStream(file), FORMATS_TOO));
    }

    private static boolean hasHeaders(org.dhatim.fastexcel.reader.Sheet sheet, KnownColumns known)
            throws UnreadableSheet {
        try (var stream = read(sheet::openStream)) {
            var each = stream.iterator();
            int rows = 0;
            for (var row = next(each); row != null && rows < KnownColumns.ROWS_MAX; row = next(each)) {
                var read = read(row, row.getRowNum());
                if (known.count(read.cells()) >= KnownColumns.HEADERS_MIN) {
                    return true;
                }
                rows += read.isEmpty() ? 0 : 1;
            }
            return false;
        }
    }

    private static @Nullable Row next(Iterator<Row> rows) throws UnreadableSheet {
        return read(() -> rows.hasNext() ? Optional.of(rows.next()) : Optional.<Row>empty()).orElse(null);
    }

    private interface Step<T> {

        T take() throws IOException;
    }

    /** Beside exceptions of its own the library throws many others where parts of a workbook do not fit each other. */
    private static <T> T read(Step<T> step) throws UnreadableSheet {
        try {
            return step.take();
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    private static UnreadableSheet damaged(Exception e) {
        return new UnreadableSheet(Reason.DAMAGED,
                "The workbook is broken or was cut off. Open it in a spreadsheet and save it again.", e);
    }

    private static SheetRow read(Row row, int number) {
        List<String> cells = new ArrayList<>(row.getCellCount());
        var mistakes = new HashMap<Integer, String>();
        for (int column = 0; column < row.getCellCount(); column++) {
            var cell = WorkbookCell.of(row.getCell(column));
            cells.add(cell.text());
            if (cell.mistake() != null) {
                mistakes.put(column, cell.mistake());
            }
        }
        return new SheetRow(number, cells, mistakes);
    }
}
