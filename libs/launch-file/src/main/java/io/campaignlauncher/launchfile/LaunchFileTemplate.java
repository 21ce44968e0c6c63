package io.campaignlauncher.launchfile;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.dhatim.fastexcel.Workbook;

/** A file to begin with: the columns that most launches need, and an ad as an example. */
public final class LaunchFileTemplate {

    private static final List<Map.Entry<String, String>> COLUMNS = List.of(Map.entry("Campaign Name", "Spring sale"),
            Map.entry("Campaign Status", "PAUSED"), Map.entry("Campaign Objective", "OUTCOME_SALES"),
            Map.entry("Special Ad Categories", "None"), Map.entry("Campaign Daily Budget", ""),
            Map.entry("Ad Set Name", "Women 25+"), Map.entry("Ad Set Run Status", "ACTIVE"),
            Map.entry("Ad Set Time Start", "06/17/2030 9:00 am"), Map.entry("Ad Set Time Stop", ""),
            Map.entry("Ad Set Daily Budget", "20"), Map.entry("Ad Set Lifetime Budget", ""),
            Map.entry("Optimization Goal", "OFFSITE_CONVERSIONS"), Map.entry("Billing Event", "IMPRESSIONS"),
            Map.entry("Optimized Conversion Tracking Pixels", "tp:2000000001"),
            Map.entry("Optimized Event", "PURCHASE"),
            Map.entry("Countries", "US, CA"), Map.entry("Gender", "Women"), Map.entry("Age Min", "25"),
            Map.entry("Age Max", "65"), Map.entry("Publisher Platforms", "facebook, instagram"),
            Map.entry("Ad Name", "Blue dress"), Map.entry("Ad Status", "ACTIVE"),
            Map.entry("Link Object ID", "o:1000000001"), Map.entry("Title", "Spring is here"),
            Map.entry("Body", "Everything at half the price."), Map.entry("Link", "https://example.com/spring"),
            Map.entry("Link Description", ""), Map.entry("URL Tags", "utm_source=facebook"),
            Map.entry("Call to Action", "SHOP_NOW"), Map.entry("Image Hash", ""),
            Map.entry("Image File Name", "blue-dress.png"), Map.entry("Video ID", ""),
            Map.entry("Video File Name", ""));

    private LaunchFileTemplate() {}

    /** As a text that Excel opens by itself. The stream is flushed and not closed. */
    public static void writeCsv(OutputStream file) throws IOException {
        var writer = new OutputStreamWriter(file, StandardCharsets.UTF_8).append('\uFEFF');
        var printer = new CSVPrinter(writer, CSVFormat.DEFAULT);
        printer.printRecord(COLUMNS.stream().map(Map.Entry::getKey));
        printer.printRecord(COLUMNS.stream().map(Map.Entry::getValue));
        printer.flush();
    }

    /** As a workbook. The stream is flushed and not closed. */
    public static void writeXlsx(OutputStream file) throws IOException {
        var workbook = new Workbook(file, "campaign-launcher", null);
        var sheet = workbook.newWorksheet("Ads");
        for (int i = 0; i < COLUMNS.size(); i++) {
            sheet.value(0, i, COLUMNS.get(i).getKey());
            sheet.value(1, i, COLUMNS.get(i).getValue());
        }
        workbook.finish();
    }
}
