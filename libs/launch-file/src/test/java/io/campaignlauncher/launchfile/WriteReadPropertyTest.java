package io.campaignlauncher.launchfile;

import static io.campaignlauncher.launchfile.Files.BERLIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.launchfile.Column.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

class WriteReadPropertyTest {

    private static final Arbitrary<String> TEXT = Arbitraries.strings()
            .withChars("=+-@\t\r\n'\",;aZ9 üß😀{}").ofMinLength(1).ofMaxLength(12).filter(text -> !text.isBlank());
    /** By header texts that a column may have, to draw one of. */
    private static final Map<String, List<String>> SAMPLES = Map.ofEntries(
            Map.entry("Campaign Spend Limit", List.of("1", "99999999.99")),
            Map.entry("Special Ad Categories", List.of("HOUSING", "CREDIT, EMPLOYMENT")),
            Map.entry("Bid Amount", List.of("0.01", "30000000")),
            Map.entry("Custom Event Name", List.of("=cmd", "a, b")), Map.entry("Beneficiary", List.of("@ACME", "-x")),
            Map.entry("Payer", List.of("'=x", "''+y")), Map.entry("Zip", List.of("US:50001, US:50002")),
            Map.entry("Excluded Zip", List.of("DE:10115")),
            Map.entry("Custom Audiences", List.of("120200000000000010, 5")),
            Map.entry("Excluded Custom Audiences", List.of("7")), Map.entry("User Device", List.of("iPhone 14, Pixel")),
            Map.entry("User Operating System", List.of("iOS")), Map.entry("Locales", List.of("6, 24")),
            Map.entry("Brand Safety Inventory Filtering Levels", List.of("FACEBOOK_STANDARD, AN_STANDARD")),
            Map.entry("Flexible Exclusions", List.of("{\"interests\":[{\"id\":\"6\",\"name\":\"a, \\\"b\\\"\"}]}")),
            Map.entry("Age Min", List.of("13", "65")), Map.entry("Age Max", List.of("65")),
            Map.entry("Age Range", List.of("18, 40")),
            Map.entry("Object Store URL", List.of("https://a.example/x?y=1,2")),
            Map.entry("Display Link", List.of("example.com")), Map.entry("URL Tags", List.of("a=b&c={{ad.id}}")),
            Map.entry("Targeting Optimization", List.of("expansion_all")),
            Map.entry("Image Hash", List.of("0123456789abcdef0123456789abcdef")));

    record Case(List<Map<Column, String>> rows) {

        @SuppressWarnings("unchecked")
        Map<String, String>[] texts() {
            return rows.stream().map(row -> row.entrySet().stream()
                    .collect(Collectors.toMap(entry -> entry.getKey().header(), Map.Entry::getValue)))
                    .toArray(Map[]::new);
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.randomValue(random -> new Draw(random::nextInt, TEXT.generator(1000), random).file());
    }

    /** Draws what the rows of a file say, so that those of one campaign or ad set agree. */
    private record Draw(IntUnaryOperator below, RandomGenerator<String> texts,
            Random random) {

        Case file() {
            var rows = new ArrayList<Map<Column, String>>();
            int ad = 0;
            for (int i = 0; i < 1 + below.applyAsInt(2); i++) {
                var campaign = level(Level.CAMPAIGN, false);
                var shared = below.applyAsInt(2) == 0;
                campaign.put(Columns.CAMPAIGN_NAME, "c" + i + drawn().replaceAll("\\s", " ").strip());
                campaign.put(Columns.OBJECTIVE, "OUTCOME_SALES");
                campaign.keySet().removeAll(List.of(Columns.CAMPAIGN_DAILY_BUDGET, Columns.CAMPAIGN_LIFETIME_BUDGET));
                if (shared) {
                    campaign.put(Columns.CAMPAIGN_DAILY_BUDGET, "12.34");
                }
                for (int j = 0; j < 1 + below.applyAsInt(3); j++) {
                    var adSet = adSet("s" + j, shared);
                    for (int k = 0; k < 1 + below.applyAsInt(2); k++) {
                        var row = ad("a" + ad++);
                        row.putAll(campaign);
                        row.putAll(adSet);
                        rows.add(row);
                    }
                }
            }
            return new Case(rows);
        }

        private Map<Column, String> adSet(String name, boolean shared) {
            var adSet = level(Level.AD_SET, false);
            adSet.put(Columns.AD_SET_NAME, name);
            adSet.put(Columns.COUNTRY, "DE, AT");
            adSet.put(Columns.OPTIMIZATION_GOAL, below.applyAsInt(2) == 0 ? "LINK_CLICKS" : "VALUE");
            adSet.put(Columns.BILLING_EVENT, "IMPRESSIONS");
            adSet.put(Columns.PIXEL, "tp:" + (5 + below.applyAsInt(2)));
            adSet.put(Columns.EVENT, "PURCHASE");
            adSet.keySet().removeAll(List.of(Columns.DAILY_BUDGET, Columns.LIFETIME_BUDGET));
            if (!shared) {
                adSet.put(below.applyAsInt(2) == 0 ? Columns.DAILY_BUDGET : Columns.LIFETIME_BUDGET, "20");
            }
            return adSet;
        }

        private Map<Column, String> ad(String name) {
            var video = below.applyAsInt(2) == 0;
            var ad = level(Level.AD, video);
            ad.put(Columns.AD_NAME, name);
            ad.put(Columns.PAGE, "o:100");
            ad.put(Columns.LINK, "https://example.com/?a=b");
            ad.put(Columns.CALL_TO_ACTION, "LEARN_MORE");
            ad.remove(Columns.CREATIVE_TYPE);
            if (video) {
                ad.put(below.applyAsInt(2) == 0 ? Columns.VIDEO : Columns.VIDEO_FILE, "77");
            }
            return ad;
        }

        private Map<Column, String> level(Level level, boolean video) {
            var drawn = new HashMap<Column, String>();
            for (var column : Columns.MAPPED) {
                if (column.of() == level && below.applyAsInt(2) == 0 && !column.path(video).isEmpty()) {
                    drawn.put(column, text(column));
                }
            }
            drawn.keySet().removeAll(Set.of(Columns.VIDEO, Columns.VIDEO_FILE));
            if (drawn.containsKey(Columns.IMAGE_HASH)) {
                drawn.remove(Columns.IMAGE_FILE);
            }
            return drawn;
        }

        private String text(Column column) {
            var samples = SAMPLES.get(column.header());
            if (samples != null) {
                return samples.get(below.applyAsInt(samples.size()));
            }
            return switch (column.kind()) {
                case Words words -> words.constants().stream().sorted().skip(below.applyAsInt(words.constants().size()))
                        .findFirst().orElseThrow();
                case Times _ -> List.of("06/17/2025 1:09:54 pm", "2026-10-25T02:30:00+01:00", "2026-01-01T00:00:00Z")
                        .get(below.applyAsInt(3));
                case Ids ids -> ids.prefix() + "12345";
                case Amounts _ -> "15";
                case JsonCells _ -> "[{\"a\":[1,2.50,\"x\\ty\"],\"b\":null}]";
                case Texts _ -> drawn();
                case Lists(Kind each) when each == Tokens.COUNTRY -> "PL, FR";
                default -> "feed, story";
            };
        }

        private String drawn() {
            return texts.next(random).value();
        }
    }

    @Property(tries = 300)
    void launches_that_are_written_are_read_as_the_same_again(@ForAll("cases") Case drawn) throws IOException {
        var launches = launches(Files.csv(',', "\n", drawn.texts()).getBytes(StandardCharsets.UTF_8));
        var bytes = new ByteArrayOutputStream();
        var written = new LaunchFileWriter(BERLIN).write(launches, bytes);

        assertThat(written.leftOut()).isEmpty();
        assertThat(written.rows()).isEqualTo(drawn.rows().size());
        assertThat(launches(bytes.toByteArray())).isEqualTo(launches);
    }

    private static List<ObjectNode> launches(byte[] file) {
        var read = (LaunchFile.Preview) Files.read(file, BERLIN, false);
        assertThat(read.mistakes()).isEmpty();
        return read.campaigns().stream().map(LaunchFile.Campaign::launch).toList();
    }
}
