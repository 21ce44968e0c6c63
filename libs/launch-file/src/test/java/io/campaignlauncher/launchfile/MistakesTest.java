package io.campaignlauncher.launchfile;

import static io.campaignlauncher.launchfile.Files.BERLIN;
import static io.campaignlauncher.launchfile.Files.mistakes;
import static io.campaignlauncher.launchfile.Files.preview;
import static io.campaignlauncher.launchfile.Files.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MistakesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Campaign Status | GONE | A | one of ACTIVE, PAUSED
            Campaign Objective | CONVERSIONS | A | OUTCOME_SALES
            Campaign Bid Strategy | As you like | A | LOWEST_COST_WITHOUT_CAP
            Special Ad Categories | Housing, Pets | A | "Pets"
            Ad Set Daily Budget | 1.234,50 | A | with a point before the cents
            Ad Set Daily Budget | 1,234 | A | with a point before the cents
            Ad Set Daily Budget | 1.234 | A | with a point before the cents
            Ad Set Daily Budget | €15 | A | with nothing else
            Ad Set Daily Budget | -5 | A | with nothing else
            Ad Set Time Start | 17/06/2025 1:09 pm | A | The month comes first
            Ad Set Time Start | 06/31/2025 | A | no such day
            Ad Set Time Start | 06/17/2025 13:09 pm | A | no such time of day
            Ad Set Time Start | 17.06.2025 | A | month first
            Ad Set Time Start | 03/30/2025 2:30 am | A | clocks are put forward
            Optimized Conversion Tracking Pixels | 1.04882E+14 | A | cut this id short
            Optimized Conversion Tracking Pixels | c:12 | A | with or without tp:
            Link Object ID | 1,04882E+14 | A | cut this id short
            Link Object ID | My page | A | The id of a page is digits
            Countries | UK | A | "UK"
            Countries | Germany | A | two letters
            Age Min | 12 | A | from 13 to 65
            Advantage Audience | Perhaps | A | one of 1, 0
            Gender | Everybody | A | Men, Women
            Attribution Spec | [{ | A | must be JSON, [ … ]
            Attribution Spec | [1e9999999999] | A | may hold no number
            Flexible Exclusions | [] | A | must be JSON, { … }
            Custom Audiences | Buyers | A | An audience is given by its id
            Zip | 50001 | A | has its country before it
            Optimization Goal | Happiness | A | Facebook's 31
            Call to Action | Click here | A | such as ADD_TO_CART
            Image Hash | blue.png | A | 32 digits and letters
            Link | www.example.com | A | begins with https://
            Link | javascript:alert(1) | A | begins with https://
            Link | https://exa mple.com | A | no link
            Creative Type | Photo Page Post Ad | A | one of Link Page Post Ad
            Campaign ID | cg:120200000000000010 | A | asks to change
            Ad Set ID | c:120200000000000010 | A | asks to change
            Ad ID | a:120200000000000010 | A | asks to change
            """)
    void a_wrong_cell_is_named_with_what_was_read_there(String header, String text, String column, String sentence) {
        var found = preview(Files.from(header, row(header, text))).mistakes();

        assertThat(found).singleElement().satisfies(mistake -> {
            assertThat(mistake.row()).isEqualTo(2);
            assertThat(mistake.letter()).isEqualTo(column);
            assertThat(mistake.column()).isEqualTo(header);
            assertThat(mistake.read()).isEqualTo(text);
            assertThat(mistake.sentence()).contains(sentence);
        });
    }

    @Test
    void every_wrong_cell_of_every_row_is_told_at_once_in_the_order_of_the_sheet() {
        assertThat(mistakes(row("Campaign Status", "x", "Ad Status", "y"), row("Campaign Status", "x", "Ad Name", "b")))
                .satisfiesExactly(first -> assertThat(first).startsWith("2 C Campaign Status [x]: "),
                        second -> assertThat(second).startsWith("2 AS Ad Status [y]: "),
                        third -> assertThat(third).startsWith("3 C Campaign Status [x]: "));
    }

    @Test
    void beyond_a_thousand_they_are_counted() {
        var rows = new ArrayList<Map<String, String>>();
        for (int i = 0; i < 45; i++) {
            for (int j = 0; j < 25; j++) {
                rows.add(row("Ad Set Name", "" + i, "Ad Name", i + "/" + j, "Ad Status", "x"));
            }
        }
        @SuppressWarnings("unchecked")
        var found = preview(rows.toArray(Map[]::new));

        assertThat(found.mistakes()).hasSize(1000);
        assertThat(found.furtherMistakes()).isEqualTo(45 * 25 - 1000 + 1);
        assertThat(found.launchable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Campaign Name | Every row has a name
            Ad Set Name | Every row has a name
            Ad Name | Every row has a name
            Campaign Objective | has an objective
            Ad Set Daily Budget | Neither the campaign nor this ad set has a budget
            Optimization Goal | goal that it is optimised for
            Billing Event | what is paid for
            Countries | where the ads are shown
            Link Object ID | shown by a page
            Link | link that it leads to
            """)
    void what_is_missing_is_named_where_it_belongs_and_where_its_column_is_missing_once(String header,
            String sentence) {
        assertThat(preview(row(header, "")).mistakes()).singleElement().satisfies(mistake -> {
            assertThat(mistake.row()).isEqualTo(2);
            assertThat(mistake.column()).isEqualTo(header);
            assertThat(mistake.sentence()).contains(sentence);
        });

        var one = row("Ad Set Lifetime Budget", "");
        var other = row("Ad Name", "b", "Ad Set Name", "Men", "Campaign Name", "Summer");
        one.remove("Ad Set Lifetime Budget");
        other.remove("Ad Set Lifetime Budget");
        one.remove("Global Regions");
        other.remove("Global Regions");
        one.remove(header);
        other.remove(header);
        assertThat(preview(one, other).mistakes()).singleElement().satisfies(mistake -> {
            assertThat(mistake.row()).isEqualTo(1);
            assertThat(mistake.letter()).isEmpty();
            assertThat(mistake.sentence()).startsWith("The file has no such column. Add it.").contains(sentence);
        });
    }

    @Test
    void a_launch_has_one_budget() {
        assertThat(mistakes(row("Campaign Daily Budget", "20")))
                .singleElement().asString()
                .startsWith("2 R Ad Set Daily Budget [15]: The campaign has a budget already.");
        assertThat(mistakes(row("Ad Set Lifetime Budget", "100")))
                .singleElement().asString().startsWith("2 T Ad Set Lifetime Budget [100]: The ad set has two budgets.");
        assertThat(
                mistakes(row("Ad Set Daily Budget", "0", "Campaign Daily Budget", "20", "Campaign Lifetime Budget",
                        "1")))
                .singleElement().asString().contains("Campaign Lifetime Budget [1]: The campaign has two budgets.");
        assertThat(mistakes(row("Ad Set Daily Budget", "0", "Campaign Daily Budget", "20"))).isEmpty();
    }

    @Test
    void rows_that_contradict_each_other_are_told_with_the_row_that_came_before() {
        assertThat(mistakes(row(), row("Ad Name", "b", "Campaign Objective", "Leads", "Age Min", "21")))
                .satisfiesExactly(
                        objective -> assertThat(objective).startsWith("3 D Campaign Objective [Leads]: Row 2 says"),
                        age -> assertThat(age)
                                .startsWith("3 AE Age Min [21]: Row 2 says something else of this ad set"));
        assertThat(mistakes(row(), row("Ad Name", "b", "Campaign Objective", "sales", "Age Min", ""))).isEmpty();
    }

    @Test
    void a_repeated_ad_name_is_refused_or_numbered_where_the_caller_asks_for_it() {
        assertThat(mistakes(row(), row("Ad Set Name", "Men")))
                .singleElement().asString()
                .startsWith("3 AV Ad Name [Blue]: Row 2 of this campaign has an ad of the same");

        var file = Files.csv(',', "\n", row(), row("Ad Set Name", "Men"),
                row("Ad Set Name", "Men", "Ad Name", "Blue (2)"),
                row("Age Min", "30"));
        var found = (LaunchFile.Preview) Files.read(file.getBytes(StandardCharsets.UTF_8), BERLIN, true);
        assertThat(found.mistakes()).isEmpty();
        assertThat(found.campaigns().getFirst().launch().path("adSets").valueStream()
                .flatMap(adSet -> adSet.path("ads").valueStream()
                        .map(ad -> adSet.path("name").stringValue() + ": " + ad.path("name").stringValue())))
                .containsExactly("Women: Blue", "Men: Blue (3)", "Men: Blue (2)", "Women (2): Blue (4)");
    }

    @Test
    void a_column_that_is_not_supported_is_named_with_how_many_rows_hold_something() {
        assertThat(mistakes(row("Regions", "Texas"), row("Ad Name", "b", "Regions", "Utah"), row("Ad Name", "c")))
                .singleElement().asString().startsWith("2 BM Regions [Texas]: ").contains("holds something in 2 rows");
        assertThat(mistakes(row("Campaign High Demand Periods", "[{\"a\":1}]"))).singleElement().asString()
                .contains("not supported");
        assertThat(mistakes(row("Regions", ""), row("Ad Name", "b", "Regions", " "))).isEmpty();
    }

    @Test
    void a_column_that_is_there_twice_and_a_cell_under_no_header_are_told() {
        var text = Files.csv(',', "\n", row("Headline", "x", "", "y"));
        var found = (LaunchFile.Preview) Files.read(text.getBytes(StandardCharsets.UTF_8), BERLIN, false);

        assertThat(found.mistakes()).extracting(CellMistake::row, CellMistake::letter, CellMistake::read)
                .containsExactly(tuple(1, "BM", "Headline"),
                        tuple(2, "BN", "y"));
    }

    @Test
    void amounts_without_a_currency_and_times_without_a_zone_keep_a_file_from_being_launched() {
        var file = Files.csv(',', "\n", row()).getBytes(StandardCharsets.UTF_8);
        var found = (LaunchFile.Preview) Files.read(file, Account.UNKNOWN, false);

        assertThat(found.mistakes()).isEmpty();
        assertThat(found.currencyDecides()).isTrue();
        assertThat(found.timeZoneDecides()).isTrue();
        assertThat(found.launchable()).isFalse();
        assertThat(found.campaigns().getFirst().launch().at("/adSets/0/dailyBudget").stringValue()).isEqualTo("15");
        assertThat(
                ((LaunchFile.Preview) Files.read(file, new Account("XAU", ZoneId.of("UTC")), false)).currencyDecides())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({ "EUR,20.00,2000", "USD,0.5,50", "JPY,1500,1500", "JPY,1500.00,1500", "VND,250000,250000" })
    void an_amount_is_counted_in_what_is_the_smallest_unit_to_facebook(String currency, String text, int minor) {
        var file = Files.csv(',', "\n", row("Ad Set Daily Budget", text)).getBytes(StandardCharsets.UTF_8);
        var found = (LaunchFile.Preview) Files.read(file, new Account(currency, ZoneId.of("Asia/Tokyo")), false);

        assertThat(found.mistakes()).isEmpty();
        assertThat(found.campaigns().getFirst().launch().at("/adSets/0/dailyBudget").intValue()).isEqualTo(minor);
    }

    @Test
    void a_currency_without_a_smaller_unit_has_no_fractions() {
        var file = Files.csv(',', "\n", row("Ad Set Daily Budget", "15.5")).getBytes(StandardCharsets.UTF_8);
        var found = (LaunchFile.Preview) Files.read(file, new Account("JPY", ZoneId.of("Asia/Tokyo")), false);

        assertThat(found.mistakes()).singleElement()
                .satisfies(mistake -> assertThat(mistake.sentence()).contains("JPY has no smaller unit"));
    }

    @Test
    void a_date_that_could_be_two_days_is_shown_in_words() {
        var found = preview(row("Ad Set Time Start", "03/04/2026 9:05 am", "Campaign Start Time", "04/04/2026"),
                row("Ad Name", "b", "Ad Set Time Start", "03/04/2026 9:05 am", "Campaign Start Time", ""));

        assertThat(found.mistakes()).isEmpty();
        assertThat(found.dates())
                .containsExactly(new ShownDate(2, "Ad Set Time Start", "03/04/2026 9:05 am",
                        "4 March 2026, 09:05 Europe/Berlin"));
    }

    @Test
    void a_campaign_is_no_larger_than_a_launch_may_be() {
        var adSets = new ArrayList<Map<String, String>>();
        for (int i = 0; i <= 200; i++) {
            adSets.add(row("Ad Set Name", "set " + i, "Ad Name", "ad " + i));
        }
        var ads = new ArrayList<Map<String, String>>();
        for (int i = 0; i <= 1_000; i++) {
            ads.add(row("Ad Set Name", "set " + i / 50, "Ad Name", "ad " + i));
        }
        var one = new ArrayList<Map<String, String>>();
        for (int i = 0; i <= 50; i++) {
            one.add(row("Ad Name", "ad " + i));
        }

        assertThat(Files.mistakesOf(adSets)).singleElement().asString().startsWith("202 P")
                .contains("at most 200 ad sets");
        assertThat(Files.mistakesOf(ads)).singleElement().asString().startsWith("1002 AV").contains("at most 1000 ads");
        assertThat(Files.mistakesOf(one)).singleElement().asString().startsWith("52 AV").contains("at most 50 ads");
        assertThat(Files.mistakesOf(adSets.subList(0, 200))).isEmpty();
    }

    @Test
    void a_video_needs_what_shows_it_and_a_button_for_its_link() {
        assertThat(mistakes(row("Creative Type", "Video Page Post Ad"))).singleElement().asString()
                .contains("Video ID []: The ad is to show a video");
        assertThat(mistakes(row("Video ID", "v:1"))).singleElement().asString()
                .contains("Creative Type [Link Page Post Ad]: The ad has a video");
        assertThat(mistakes(row("Creative Type", "", "Video ID", "1", "Call to Action", ""))).singleElement().asString()
                .contains("Call to Action []: A video leads to a link by its button");
    }

    @Test
    void conversions_name_a_pixel_and_where_there_are_several_their_events() {
        var goal = "OFFSITE_CONVERSIONS";
        assertThat(mistakes(row("Optimization Goal", goal))).singleElement().asString().contains("names the pixel");
        var one = preview(row("Optimization Goal", goal, "Optimized Conversion Tracking Pixels", "tp:5"));
        assertThat(one.mistakes()).isEmpty();
        assertThat(one.campaigns().getFirst().launch().path("pixelId").stringValue()).isEqualTo("5");
        assertThat(one.campaigns().getFirst().launch().at("/adSets/0/graphFields").has("promoted_object")).isFalse();
        assertThat(mistakes(row("Optimization Goal", goal, "Optimized Conversion Tracking Pixels", "tp:5"),
                row("Ad Set Name", "Men", "Ad Name", "b", "Optimization Goal", goal,
                        "Optimized Conversion Tracking Pixels", "tp:6")))
                .hasSize(2)
                .allSatisfy(mistake -> assertThat(mistake).contains("Optimized Event []: The ad sets have several"));
    }

    @Test
    void names_are_as_facebook_keeps_them_and_texts_as_they_may_be() {
        assertThat(preview(row("Ad Name", " Blue\u00a0 ")).campaigns().getFirst().launch()
                .at("/adSets/0/ads/0/name").stringValue()).isEqualTo("Blue");
        assertThat(mistakes(row("Ad Name", "x".repeat(401)))).singleElement().asString()
                .contains("at most 400 characters");
        assertThat(mistakes(row("Body", "x".repeat(32_768)))).singleElement().asString()
                .contains("more than 32767 characters");
        assertThat(mistakes(row("Body", "x".repeat(32_767)))).isEmpty();
        assertThat(mistakes(row("Title", "a\u202eb"))).singleElement().asString().contains("turn the direction");
        assertThat(mistakes(row("Title", "{result=x:$.id}"))).singleElement().asString()
                .contains("reads it as a reference");
    }
}
