package io.campaignlauncher.launchfile;

import io.campaignlauncher.job.model.RequestRules;
import io.campaignlauncher.launchfile.sheet.SheetRow;
import io.campaignlauncher.launchfile.sheet.UnreadableSheet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the rows together to campaigns, one row at a time. */
final class PreviewBuilder {

    private final Mistakes mistakes = new Mistakes();
    private final Header header;
    private final RowReader reader;
    private final boolean namesAreNumbered;
    private final Map<String, CampaignDraft> campaigns = new LinkedHashMap<>();
    private int rows;

    PreviewBuilder(SheetRow headers, LaunchFileReader.Options options) {
        header = new Header(headers, mistakes);
        reader = new RowReader(header, options.account(), mistakes);
        namesAreNumbered = options.namesAreNumbered();
    }

    int rows() {
        return rows;
    }

    void take(SheetRow row) throws UnreadableSheet {
        rows++;
        var cells = reader.read(row);
        var campaignName = name(row, cells, Columns.CAMPAIGN_NAME);
        var adSetName = name(row, cells, Columns.AD_SET_NAME);
        var adName = name(row, cells, Columns.AD_NAME);
        AdDraft.check(row.number(), cells, header);
        if (campaignName != null) {
            var campaign = campaigns.computeIfAbsent(campaignName, name -> new CampaignDraft(name, row.number()));
            add(row, cells, campaign.draft(), "campaign");
            if (adSetName != null) {
                var adSet = adSet(row, cells, campaign, adSetName);
                add(row, cells, adSet.draft(), "ad set");
                if (adName != null) {
                    adSet.ads().add(AdDraft.of(row.number(), adName, cells));
                }
            }
        }
    }

    private @Nullable String name(SheetRow row, Map<Column, Cell> cells, Column column) {
        var cell = cells.get(column);
        if (cell == null) {
            header.needed(row.number(), "Every row has a name here: give it one.", column);
        }
        return cell != null && cell.reading() instanceof Reading.Value(var name) ? name.stringValue() : null;
    }

    /** Beyond the bound there is a mistake anyway, and nobody waits for all to be compared with all. */
    private AdSetDraft adSet(SheetRow row, Map<Column, Cell> cells, CampaignDraft campaign, String name) {
        return campaign.adSets(name).stream().limit(RequestRules.AD_SETS_MAX)
                .filter(adSet -> !namesAreNumbered || adSet.draft().contradictions(cells).isEmpty())
                .findFirst().orElseGet(() -> campaign.addAdSet(name, row.number()));
    }

    private void add(SheetRow row, Map<Column, Cell> cells, Draft draft, String what) {
        for (var column : draft.contradictions(cells)) {
            var cell = cells.get(column);
            header.wrong(row.number(), column, cell == null ? "" : cell.text(), "Row " + draft.said(column).row()
                    + " says something else of this " + what + ". All its rows must say the same, or nothing.");
        }
        draft.add(row.number(), cells);
    }

    LaunchFile.Preview build(String sha256, String format) {
        var rules = new CampaignRules(header, namesAreNumbered);
        campaigns.values().forEach(rules::check);
        reader.noteFilled();
        var listed = campaigns.values().stream().map(campaign -> new LaunchFile.Campaign(campaign.name(),
                campaign.draft().row(), campaign.adSets().size(), (int) campaign.ads().count(),
                Hashes.idempotencyKey(sha256, campaign.name()), LaunchBody.of(campaign))).toList();
        return new LaunchFile.Preview(sha256, format, rows, listed, mistakes.kept(), mistakes.further(), reader.dates(),
                reader.currencyDecides(), reader.timeZoneDecides());
    }
}
