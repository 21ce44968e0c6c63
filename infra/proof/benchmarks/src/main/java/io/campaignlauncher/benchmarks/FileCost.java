package io.campaignlauncher.benchmarks;

import io.campaignlauncher.launchfile.Account;
import io.campaignlauncher.launchfile.LaunchFile;
import io.campaignlauncher.launchfile.LaunchFileReader;
import io.campaignlauncher.launchfile.LaunchFileTemplate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.reader.ReadableWorkbook;

/**
 * What a file takes from its bytes to the preview of its launches, beside the same library that reads every cell of the
 * same bytes and makes nothing of them; in turns, because a machine is not as fast all the time.
 */
final class FileCost {

    private static final int ROWS = LaunchFileReader.ROWS_MAX;
    private static final int FEW_ROWS = ROWS / 10;
    private static final int ADS_AN_AD_SET = 20;
    private static final int ADS_A_CAMPAIGN = 1_000;
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 30;

    private final LaunchFileReader reader = new LaunchFileReader(
            new LaunchFileReader.Options(new Account("USD", ZoneId.of("America/New_York")), false));

    private FileCost() {}

    static void run() throws Exception {
        var cost = new FileCost();
        var sheet = cost.sheet(ROWS);
        var few = cost.sheet(FEW_ROWS);
        System.out.printf(Locale.ROOT, "%,d rows of %d columns%n", ROWS, sheet.getFirst().size());
        System.out.println(
                "(j) a file, median of 30               ms     rows/s  x bare  heap MiB: peak, of 500 rows  held");
        cost.compare("CSV, UTF-16 LE, tab", csv(sheet), csv(few), FileCost::readCsv);
        cost.compare("XLSX", xlsx(sheet), xlsx(few), FileCost::readXlsx);
    }

    /** Makes nothing of a file. @return how many cells it has */
    private interface Bare {

        long read(byte[] file) throws IOException;
    }

    private void compare(String what, byte[] file, byte[] few, Bare bare) throws Exception {
        var ours = new ArrayList<Double>();
        var theirs = new ArrayList<Double>();
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            if (round == WARM_UP) {
                ours.clear();
                theirs.clear();
            }
            ours.add(millis(() -> preview(file, ROWS)));
            theirs.add(millis(() -> bare.read(file)));
        }
        double base = new Percentiles(theirs).at(0.50);
        row(what + ", " + file.length / 1024 + " KiB", new Percentiles(ours).at(0.50), base,
                peak(() -> preview(file, ROWS)), peak(() -> preview(few, FEW_ROWS)), held(() -> preview(file, ROWS)));
        row("  bare", base, base, peak(() -> bare.read(file)), peak(() -> bare.read(few)), held(() -> bare.read(file)));
    }

    private static void row(String what, double millis, double base, long peak, long peakOfFew, double held) {
        System.out.printf(Locale.ROOT, "    %-30s %7.1f %10.0f %7.2f %15d %12d %6.1f%n", what, millis,
                ROWS / millis * 1e3, base / millis, peak, peakOfFew, held);
    }

    private static double millis(Callable<?> work) throws Exception {
        var from = System.nanoTime();
        work.call();
        return (System.nanoTime() - from) / 1e6;
    }

    private static long peak(Callable<?> work) throws Exception {
        var peak = new PeakHeap();
        work.call();
        return peak.mib();
    }

    /** What is still there of the work when it is done, in MiB. */
    private static double held(Callable<?> work) throws Exception {
        long before = used();
        var result = work.call();
        long after = used();
        Reference.reachabilityFence(result);
        return (after - before) / (double) (1 << 20);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private LaunchFile.Preview preview(byte[] file, int rows) throws IOException {
        if (reader.read(new ByteArrayInputStream(file)) instanceof LaunchFile.Preview preview && preview.launchable()
                && preview.campaigns().stream().mapToInt(LaunchFile.Campaign::ads).sum() == rows) {
            return preview;
        }
        throw new IllegalStateException("the file cannot be launched");
    }

    /** The template's example, once for each ad. */
    private List<List<String>> sheet(int rows) throws IOException {
        var template = new ByteArrayOutputStream();
        LaunchFileTemplate.writeCsv(template);
        var lines = parsed(template.toString(StandardCharsets.UTF_8).substring(1));
        var headers = lines.getFirst();
        var sheet = new ArrayList<List<String>>(List.of(headers));
        for (int ad = 0; ad < rows; ad++) {
            var row = new ArrayList<>(lines.getLast());
            row.set(headers.indexOf("Campaign Name"), "Campaign " + ad / ADS_A_CAMPAIGN);
            row.set(headers.indexOf("Ad Set Name"), "Ad set " + ad / ADS_AN_AD_SET);
            row.set(headers.indexOf("Ad Name"), "Ad " + ad);
            row.set(headers.indexOf("Title"), "Spring is here, " + ad);
            row.set(headers.indexOf("Image File Name"), "dress-" + ad + ".png");
            sheet.add(row);
        }
        return sheet;
    }

    private static List<List<String>> parsed(String text) throws IOException {
        try (var parser = CSVParser.parse(text, CSVFormat.DEFAULT)) {
            return parser.stream().map(line -> line.stream().toList()).toList();
        }
    }

    private static byte[] csv(List<List<String>> sheet) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var printer = new CSVPrinter(new OutputStreamWriter(bytes, StandardCharsets.UTF_16LE).append('\uFEFF'),
                CSVFormat.TDF)) {
            printer.printRecords(sheet);
        }
        return bytes.toByteArray();
    }

    private static byte[] xlsx(List<List<String>> sheet) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "benchmark", null)) {
            var worksheet = workbook.newWorksheet("Ads");
            for (int row = 0; row < sheet.size(); row++) {
                for (int column = 0; column < sheet.get(row).size(); column++) {
                    worksheet.value(row, column, sheet.get(row).get(column));
                }
            }
        }
        return bytes.toByteArray();
    }

    private static long readCsv(byte[] file) throws IOException {
        long cells = 0;
        var reader = new InputStreamReader(new ByteArrayInputStream(file), StandardCharsets.UTF_16LE);
        try (var parser = CSVParser.parse(reader, CSVFormat.TDF)) {
            for (var row : parser) {
                cells += row.stream().filter(cell -> !cell.isEmpty()).count();
            }
        }
        return cells;
    }

    private static long readXlsx(byte[] file) throws IOException {
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(file));
                var rows = workbook.getFirstSheet().openStream()) {
            return rows.mapToLong(row -> row.stream().filter(cell -> cell != null && !cell.getText().isEmpty()).count())
                    .sum();
        }
    }
}
