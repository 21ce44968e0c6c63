package io.campaignlauncher.launchfile;

import static io.campaignlauncher.launchfile.Files.BERLIN;
import static io.campaignlauncher.launchfile.Files.preview;
import static io.campaignlauncher.launchfile.Files.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;

class WorkbookTest {

    /** @param change of the one row, given the number of the column with this header */
    private static LaunchFile.Preview with(String header, BiConsumer<Worksheet, Integer> change) {
        var row = Files.from(header, row(header, ""));
        return (LaunchFile.Preview) Files.read(Workbooks.of(workbook -> {
            var sheet = workbook.newWorksheet("Ads");
            Workbooks.fill(sheet, List.of(row));
            change.accept(sheet, 0);
        }), BERLIN, false);
    }

    @Test
    void says_the_same_as_the_text_of_the_same_cells() {
        var rows = List.of(row(), row("Ad Name", "b", "Body", "  two\nlines ", "Title", "'=1+1 <&> ü 😀"));
        var found = (LaunchFile.Preview) Files.read(Workbooks.of(rows), BERLIN, false);

        assertThat(found.mistakes()).isEmpty();
        assertThat(found.format()).isEqualTo("XLSX, sheet Ads");
        assertThat(found.campaigns()).extracting(LaunchFile.Campaign::launch)
                .isEqualTo(preview(rows.get(0), rows.get(1)).campaigns().stream().map(LaunchFile.Campaign::launch)
                        .toList());
    }

    @Test
    void takes_the_first_sheet_that_has_known_headers() {
        var file = Workbooks.of(workbook -> {
            Workbooks.fill(workbook.newWorksheet("Notes"), List.of(Map.of("What", "to do")));
            workbook.newWorksheet("Empty");
            Workbooks.fill(workbook.newWorksheet("Summer"), List.of(row()));
            Workbooks.fill(workbook.newWorksheet("Winter"), List.of(row("Campaign Name", "Winter")));
        });

        assertThat((LaunchFile.Preview) Files.read(file, BERLIN, false)).satisfies(found -> {
            assertThat(found.format()).isEqualTo("XLSX, sheet Summer");
            assertThat(found.campaigns()).extracting(LaunchFile.Campaign::name).containsExactly("Spring sale");
        });
    }

    @Test
    void finds_the_headers_below_a_title() {
        var file = Workbooks.of(workbook -> {
            var sheet = workbook.newWorksheet("Ads");
            sheet.value(0, 1, "My launches");
            var row = row("Ad Status", "NO");
            int column = 0;
            for (var cell : row.entrySet()) {
                sheet.value(3, column, cell.getKey());
                sheet.value(4, column++, cell.getValue());
            }
        });

        assertThat(((LaunchFile.Preview) Files.read(file, BERLIN, false)).mistakes()).singleElement()
                .satisfies(mistake -> assertThat(mistake.row()).isEqualTo(5));
    }

    @Test
    void takes_a_number_as_it_would_be_typed() {
        assertThat(with("Ad Set Daily Budget", (sheet, column) -> sheet.value(1, column, new BigDecimal(
                "19.989999999999998"))).campaigns().getFirst().launch().at("/adSets/0/dailyBudget").intValue())
                .isEqualTo(1999);
        assertThat(with("Link Object ID", (sheet, column) -> sheet.value(1, column, new BigDecimal("1.0000000001E10")))
                .campaigns().getFirst().launch().path("pageId").stringValue()).isEqualTo("10000000001");
        assertThat(with("Age Min", (sheet, column) -> sheet.formula(1, column, "9*2")).mistakes()).isEmpty();
    }

    @Test
    void refuses_a_number_of_which_the_spreadsheet_kept_only_a_part() {
        for (var lost : List.of("120208765432109000", "1.20208765432109E+17", "1E308")) {
            assertThat(
                    with("Link Object ID", (sheet, column) -> sheet.value(1, column, new BigDecimal(lost))).mistakes())
                    .singleElement().satisfies(mistake -> {
                        assertThat(mistake.row()).isEqualTo(2);
                        assertThat(mistake.letter()).isEqualTo("A");
                        assertThat(mistake.sentence()).contains("Format the column as text");
                    });
        }
        assertThat(with("Link Object ID", (sheet, column) -> sheet.value(1, column, new BigDecimal("9007199254740992")))
                .mistakes()).isEmpty();
    }

    @Test
    void takes_a_date_as_the_day_that_it_is() {
        var found = with("Ad Set Time Start", (sheet, column) -> {
            sheet.value(1, column, LocalDateTime.of(2026, 4, 3, 9, 30));
            sheet.style(1, column).format("dd.mm.yyyy hh:mm").set();
        });

        assertThat(found.mistakes()).isEmpty();
        assertThat(found.dates()).isEmpty();
        assertThat(found.campaigns().getFirst().launch().at("/adSets/0/graphFields/start_time").stringValue())
                .isEqualTo("2026-04-03T09:30:00+02:00");
    }

    @Test
    void a_cell_that_shows_an_error_is_a_mistake() {
        var file = Workbooks.raw(
                "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='C1' t='s'><v>2</v>"
                        + "</c></row><row r='7'><c r='B7' t='e'><v>#REF!</v></c></row>",
                Workbooks.texts("Campaign Name", "Campaign Objective", "Ad Name"), Map.of());

        assertThat(((LaunchFile.Preview) Files.read(file, BERLIN, false)).mistakes())
                .anySatisfy(
                        mistake -> assertThat(mistake).isEqualTo(new CellMistake(7, "Campaign Objective", "B", "#REF!",
                                "The spreadsheet shows an error here. Enter the value itself.")));
    }
}
