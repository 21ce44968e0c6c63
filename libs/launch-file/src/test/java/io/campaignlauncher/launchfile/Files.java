package io.campaignlauncher.launchfile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Files as people have them: the columns of a real export, and rows of which a test says only what it is about. */
final class Files {

    static final Account BERLIN = new Account("EUR", ZoneId.of("Europe/Berlin"));

    /** The 63 columns of an export, in their order. */
    static final List<String> EXPORT = List.of("Campaign ID", "Campaign Name", "Campaign Status", "Campaign Objective",
            "Buying Type", "Campaign Bid Strategy", "Campaign Start Time", "New Objective", "Buy With Prime Type",
            "Is Budget Scheduling Enabled For Campaign", "Campaign High Demand Periods", "Buy With Integration Partner",
            "Ad Set ID", "Ad Set Run Status", "Ad Set Lifetime Impressions", "Ad Set Name", "Ad Set Time Start",
            "Ad Set Daily Budget", "Destination Type", "Ad Set Lifetime Budget",
            "Is Budget Scheduling Enabled For Ad Set", "Ad Set High Demand Periods", "Link Object ID",
            "Optimized Event", "Link", "Application ID", "Object Store URL", "Global Regions", "Location Types",
            "Excluded Countries", "Age Min", "Age Max", "Advantage Audience", "Age Range", "Targeting Optimization",
            "Beneficiary", "Payer", "User Device", "User Operating System", "Brand Safety Inventory Filtering Levels",
            "Optimization Goal", "Attribution Spec", "Billing Event", "Ad ID", "Ad Status", "Preview Link",
            "Instagram Preview Link", "Ad Name", "Title", "Body", "Optimize text per person", "Optimized Ad Creative",
            "Image Hash", "Image File Name", "Creative Type", "Video ID", "Video File Name", "Instagram Account ID",
            "Call to Action", "Additional Custom Tracking Specs", "Video Retargeting", "Permalink",
            "Use Page as Actor");

    private Files() {}

    /** What an export says of an ad, with the ids taken out and a country put in. */
    static Map<String, String> row(String... headersAndTexts) {
        var row = new LinkedHashMap<String, String>();
        EXPORT.forEach(header -> row.put(header, ""));
        row.putAll(Map.of("Campaign Name", "Spring sale", "Campaign Status", "PAUSED", "Campaign Objective",
                "Outcome Sales", "Buying Type", "AUCTION", "Campaign Bid Strategy", "Highest volume or value",
                "Campaign Start Time", "06/17/2025 1:09:54 pm", "New Objective", "Yes", "Buy With Prime Type", "NONE",
                "Is Budget Scheduling Enabled For Campaign", "No", "Campaign High Demand Periods", "[]"));
        row.putAll(Map.of("Ad Set Run Status", "ACTIVE", "Ad Set Lifetime Impressions", "0", "Ad Set Name", "Women",
                "Ad Set Time Start", "06/17/2025 1:09:54 pm", "Ad Set Daily Budget", "15", "Destination Type",
                "UNDEFINED", "Ad Set Lifetime Budget", "0", "Link Object ID", "o:1000000001", "Link",
                "https://example.com/spring", "Location Types", "home, recent"));
        row.putAll(Map.of("Age Min", "18", "Age Max", "65", "Advantage Audience", "0", "Optimization Goal",
                "LINK_CLICKS", "Billing Event", "IMPRESSIONS", "Ad Status", "ACTIVE", "Preview Link",
                "https://fb.me/1", "Ad Name", "Blue", "Title", "Spring", "Body", "All \"must\" go,\nnow; today"));
        row.putAll(Map.of("Optimize text per person", "No", "Creative Type", "Link Page Post Ad", "Call to Action",
                "LEARN_MORE", "Countries", "DE, AT", "Image File Name", "blue.png"));
        for (int i = 0; i < headersAndTexts.length; i += 2) {
            row.put(headersAndTexts[i], headersAndTexts[i + 1]);
        }
        return row;
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    static String csv(char separator, String lineEnd, Map<String, String>... rows) {
        var headers = Arrays.stream(rows).flatMap(row -> row.keySet().stream()).distinct().toList();
        var lines = new ArrayList<String>();
        lines.add(line(separator, headers));
        Arrays.stream(rows).forEach(
                row -> lines.add(line(separator, headers.stream().map(h -> row.getOrDefault(h, "")).toList())));
        return String.join(lineEnd, lines) + lineEnd;
    }

    private static String line(char separator, List<String> cells) {
        return cells.stream()
                .map(cell -> cell.chars().anyMatch(c -> c == separator || c == '"' || c == '\n' || c == '\r')
                        ? '"' + cell.replace("\"", "\"\"") + '"'
                        : cell)
                .collect(Collectors.joining(String.valueOf(separator)));
    }

    static byte[] bytes(String text, Charset charset, int... mark) {
        var encoded = text.getBytes(charset);
        var bytes = new byte[mark.length + encoded.length];
        for (int i = 0; i < mark.length; i++) {
            bytes[i] = (byte) mark[i];
        }
        System.arraycopy(encoded, 0, bytes, mark.length, encoded.length);
        return bytes;
    }

    /** As Ads Manager writes. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static LaunchFile read(Map<String, String>... rows) {
        return read(bytes(csv('\t', "\r\n", rows), StandardCharsets.UTF_16LE, 0xFF, 0xFE), BERLIN, false);
    }

    static LaunchFile read(byte[] file, Account account, boolean namesAreNumbered) {
        try {
            return new LaunchFileReader(new LaunchFileReader.Options(account, namesAreNumbered))
                    .read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    static LaunchFile.Preview preview(Map<String, String>... rows) {
        return (LaunchFile.Preview) read(rows);
    }

    /** What is wrong with a file of this row, as lines {@code row letter header: sentence}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static List<String> mistakes(Map<String, String>... rows) {
        return preview(rows).mistakes().stream()
                .map(mistake -> mistake.row() + " " + mistake.letter() + " " + mistake.column() + " [" + mistake.read()
                        + "]: "
                        + mistake.sentence())
                .toList();
    }

    @SuppressWarnings("unchecked")
    static List<String> mistakesOf(List<Map<String, String>> rows) {
        return mistakes(rows.toArray(Map[]::new));
    }

    /** The same row with this column as the first. */
    static Map<String, String> from(String first, Map<String, String> row) {
        var from = new LinkedHashMap<String, String>();
        from.put(first, row.get(first));
        row.forEach(from::putIfAbsent);
        return from;
    }
}
