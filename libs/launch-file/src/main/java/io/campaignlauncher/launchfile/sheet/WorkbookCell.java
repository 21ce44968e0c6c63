package io.campaignlauncher.launchfile.sheet;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.jspecify.annotations.Nullable;

/**
 * A cell of a workbook as the text that somebody would have typed. @param mistake why it is not that text; else null
 */
record WorkbookCell(String text, @Nullable String mistake) {

    private static final WorkbookCell EMPTY = new WorkbookCell("", null);
    /** Beyond it a spreadsheet has made other numbers of what was entered. */
    private static final BigDecimal EXACT_MAX = BigDecimal.valueOf(1L << 53);
    /** What a spreadsheet shows of a fraction: 19.99 is stored as 19.989999999999998. */
    private static final MathContext SHOWN = new MathContext(15);
    private static final int DECIMALS_MAX = 20;
    private static final Pattern WITHIN_DATE_FORMAT = Pattern.compile("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.");
    private static final Pattern DATE_LETTERS = Pattern.compile("[dmyhs]");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

    static WorkbookCell of(@Nullable Cell cell) {
        if (cell == null || cell.getValue() == null) {
            return EMPTY;
        }
        return switch (cell.getType()) {
            case EMPTY -> EMPTY;
            case STRING -> new WorkbookCell(cell.getText(), null);
            case BOOLEAN -> new WorkbookCell(cell.getText().toUpperCase(Locale.ROOT), null);
            case ERROR -> new WorkbookCell(cell.getText(),
                    "The spreadsheet shows an error here. Enter the value itself.");
            case NUMBER, FORMULA -> cell.getValue() instanceof BigDecimal number
                    ? number(cell, number)
                    : new WorkbookCell(cell.getText(), null);
        };
    }

    private static WorkbookCell number(Cell cell, BigDecimal number) {
        if (number.abs().compareTo(EXACT_MAX) > 0 || number.scale() > DECIMALS_MAX + number.precision()) {
            return new WorkbookCell(String.valueOf(cell.getRawValue()),
                    "The spreadsheet keeps only the first 15 digits of such a number, so that it is another one now."
                            + " Format the column as text, and enter the value again.");
        }
        if (isDate(cell.getDataFormatString())) {
            return new WorkbookCell(DATE.format(cell.asDate()), null);
        }
        var whole = number.stripTrailingZeros().scale() <= 0;
        return new WorkbookCell((whole ? number : number.round(SHOWN)).stripTrailingZeros().toPlainString(), null);
    }

    private static boolean isDate(@Nullable String format) {
        return format != null && DATE_LETTERS
                .matcher(WITHIN_DATE_FORMAT.matcher(format.toLowerCase(Locale.ROOT)).replaceAll("")).find();
    }
}
