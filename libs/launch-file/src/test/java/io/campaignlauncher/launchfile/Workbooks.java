package io.campaignlauncher.launchfile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Workbooks as spreadsheets write them, and as nobody's spreadsheet does. */
final class Workbooks {

    static final String SHEET = "xl/worksheets/sheet1.xml";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private Workbooks() {}

    static byte[] of(Consumer<Workbook> sheets) {
        try (var bytes = new ByteArrayOutputStream(); var workbook = new Workbook(bytes, "test", null)) {
            sheets.accept(workbook);
            workbook.finish();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] of(List<Map<String, String>> rows) {
        return of(workbook -> fill(workbook.newWorksheet("Ads"), rows));
    }

    static void fill(Worksheet sheet, List<Map<String, String>> rows) {
        var headers = List.copyOf(new LinkedHashMap<>(rows.getFirst()).keySet());
        for (int i = 0; i < headers.size(); i++) {
            sheet.value(0, i, headers.get(i));
            for (int j = 0; j < rows.size(); j++) {
                var text = rows.get(j).getOrDefault(headers.get(i), "");
                if (!text.isEmpty()) {
                    sheet.value(j + 1, i, text);
                }
            }
        }
    }

    /**
     * One of a sheet and texts as they are given, byte by byte. @param parts others, by name, that take the place of
     * the usual ones
     */
    static byte[] raw(String sheetData, String texts, Map<String, String> parts) {
        var all = new LinkedHashMap<String, String>();
        all.put("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
                + "<Override PartName='/xl/workbook.xml' ContentType='" + TYPES + "sheet.main+xml'/>"
                + "<Override PartName='/xl/sharedStrings.xml' ContentType='" + TYPES + "sharedStrings+xml'/>"
                + "<Override PartName='/xl/styles.xml' ContentType='" + TYPES + "styles+xml'/></Types>");
        all.put("xl/workbook.xml", "<workbook xmlns='" + MAIN + "' xmlns:r='" + OFFICE
                + "'><sheets><sheet name='Ads' sheetId='1' r:id='r1'/></sheets></workbook>");
        all.put("xl/_rels/workbook.xml.rels", "<Relationships xmlns='" + RELATIONS
                + "'><Relationship Id='r1' Target='worksheets/sheet1.xml'/></Relationships>");
        all.put("xl/styles.xml", "<styleSheet xmlns='" + MAIN + "'/>");
        all.put("xl/sharedStrings.xml", "<sst xmlns='" + MAIN + "'>" + texts + "</sst>");
        all.put(SHEET, "<worksheet xmlns='" + MAIN + "'><sheetData>" + sheetData + "</sheetData></worksheet>");
        all.putAll(parts);
        return zip(all);
    }

    static byte[] zip(Map<String, String> parts) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static String texts(String... texts) {
        var all = new StringBuilder();
        for (var text : texts) {
            all.append("<si><t>").append(text).append("</t></si>");
        }
        return all.toString();
    }
}
