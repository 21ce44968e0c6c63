package io.campaignlauncher.launchfile;

import io.campaignlauncher.launchfile.Column.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The rows of launches, one for each ad, and what has no column. */
final class LaunchRows {

    /** What a launch says of itself and not of what it makes. */
    private static final Set<String> OF_THE_LAUNCH = Set.of("strategy", "userId", "adAccountId", "credentialId",
            "retryBudget", "rollbackPolicy", "duplicateName", "notify", "priority");

    private final Account account;
    private final List<Map<Column, String>> rows = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    LaunchRows(Account account) {
        this.account = account;
    }

    List<Map<Column, String>> rows() {
        return rows;
    }

    List<String> leftOut() {
        return leftOut;
    }

    void add(ObjectNode listed) {
        var launch = ListedLaunch.withoutDefaults(listed);
        launch.remove(OF_THE_LAUNCH);
        var campaign = launch.withObjectProperty("campaign");
        var name = campaign.path("name").asString("");
        LaunchBody.spellOutPixel(launch);
        removeCommon(launch);
        var ofCampaign = take(campaign, Level.CAMPAIGN, false);
        for (var each : launch.path("adSets")) {
            var adSet = (ObjectNode) each;
            var ofAdSet = take(adSet, Level.AD_SET, false);
            for (var ad : adSet.path("ads")) {
                rows.add(row(ofCampaign, ofAdSet, (ObjectNode) ad));
            }
        }
        noteLeft(name, launch);
    }

    private Map<Column, String> row(Map<Column, String> ofCampaign, Map<Column, String> ofAdSet, ObjectNode ad) {
        var video = ad.at("/creative/object_story_spec/video_data").isObject();
        var row = new HashMap<>(ofCampaign);
        row.putAll(ofAdSet);
        row.putAll(take(ad, Level.AD, video));
        row.put(Columns.CREATIVE_TYPE, video ? AdDraft.WITH_VIDEO : AdDraft.WITH_LINK);
        return row;
    }

    private Map<Column, String> take(ObjectNode entry, Level level, boolean video) {
        var texts = new HashMap<Column, String>();
        for (var column : Columns.MAPPED) {
            var text = column.of() == level ? column.take(entry, video, account) : null;
            if (text != null) {
                texts.put(column, text);
            }
        }
        return texts;
    }

    /** What follows from the entries again. */
    private static void removeCommon(ObjectNode launch) {
        var common = LaunchBody.common(launch);
        common.properties().forEach(field -> {
            if (field.getValue().equals(launch.get(field.getKey()))) {
                launch.remove(field.getKey());
            }
        });
    }

    private void noteLeft(String path, JsonNode node) {
        if (node.isObject()) {
            node.properties().forEach(field -> noteLeft(path + "/" + field.getKey(), field.getValue()));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                noteLeft(path + "/" + i, node.get(i));
            }
        } else if (!node.isNull()) {
            leftOut.add(path);
        }
    }
}
