package io.campaignlauncher.market.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.market.model.Action;
import io.campaignlauncher.market.model.Arrow;
import io.campaignlauncher.market.model.CampaignStatus;
import io.campaignlauncher.market.model.EscrowStatus;
import io.campaignlauncher.market.model.MarketPolicy;
import io.campaignlauncher.market.model.MarketSwitch;
import io.campaignlauncher.market.model.PostStatus;
import io.campaignlauncher.market.model.Role;
import io.campaignlauncher.market.model.Status;
import io.campaignlauncher.market.model.TargetStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of the marketplace says what the code does. */
class MarketplacePageTest {

    private final String page;

    MarketplacePageTest() throws IOException {
        page = Files.readString(Path.of("../../docs/marketplace.md"));
    }

    @Test
    void who_may_do_what() {
        assertThat(rows("| action |")).containsExactlyElementsOf(Arrays.stream(Action.values())
                .map(action -> "| " + action.word() + " | " + Arrays.stream(Role.values())
                        .map(role -> action.grants().containsKey(role) ? action.grants().get(role).word() : "-")
                        .collect(Collectors.joining(" | ")) + " |")
                .toList());
    }

    @Test
    void what_leads_where() {
        assertThat(rows("| from | what is done |")).containsExactlyInAnyOrderElementsOf(Arrow.ALL.stream()
                .map(arrow -> "| " + subject(arrow.from()) + " " + arrow.from().word() + " | " + arrow.action().word()
                        + " | " + arrow.to().word() + " |")
                .toList());
    }

    private static String subject(Status status) {
        return switch (status) {
            case CampaignStatus _ -> "campaign";
            case TargetStatus _ -> "target";
            case EscrowStatus _ -> "escrow";
            case PostStatus _ -> "post";
        };
    }

    @Test
    void what_must_hold() {
        assertThat(rows("| name | what holds |")).containsExactlyElementsOf(Invariant.ALL.stream()
                .map(invariant -> "| " + invariant.name() + " | " + invariant.meaning() + " |").toList());
    }

    @Test
    void which_switches_there_are() {
        assertThat(rows("| switch |")).extracting(row -> row.split("`")[1])
                .containsExactlyElementsOf(Arrays.stream(MarketSwitch.values()).map(MarketSwitch::word).toList());
    }

    @Test
    void which_bounds_there_are() {
        assertThat(page).contains("after *" + MarketPolicy.DEFAULT.startsMax() + "* starts")
                .contains(String.format("%,d targets at most", MarketPolicy.TARGETS_MAX))
                .contains("tells of " + LedgerCheck.ROWS_MAX + " rows of each at most");
    }

    /** The rows of the table that begins so, without its head. */
    private List<String> rows(String head) {
        return page.lines().dropWhile(line -> !line.startsWith(head)).skip(2).takeWhile(line -> line.startsWith("|"))
                .toList();
    }
}
