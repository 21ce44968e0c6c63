package io.campaignlauncher.job.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What holds of the names and texts that differ from slot to slot. */
final class VariationRules {

    static final int TEXTS_MAX = 1_000;
    private static final int TEXT_CHARACTERS_MAX = 10_000;
    private static final int LINK_CHARACTERS_MAX = 2_000;
    /** Of {@link Variations#NUMBER} once it is a number. */
    private static final int NUMBER_ROOM = 1;
    private static final String CREATIVE = "ad.creative";

    private VariationRules() {}

    static void check(List<Violation> found, LaunchRequest request) {
        var variations = request.variations();
        template(found, "adSet.name", variations.adSetName(), RequestRules.adSetsWanted(request));
        template(found, "ad.name", variations.adName(), RequestRules.adsWanted(request));
        var creative = request.ad().creative();
        inTurn(found, "ad.texts", variations.texts(), Variations.TEXT, creative, TEXT_CHARACTERS_MAX);
        inTurn(found, "ad.links", variations.links(), Variations.LINK, creative, LINK_CHARACTERS_MAX);
        if (request.strategy() == Strategy.AS_LISTED) {
            ListedRules.check(found, request);
        } else if (!variations.adSets().isEmpty()) {
            found.add(new Violation("adSets", "may be listed with the strategy AS_LISTED alone"));
        }
    }

    private static void template(List<Violation> found, String field, @Nullable String template, int slots) {
        if (template == null) {
            return;
        }
        RequestRules.textForFacebook(found, field, template, LaunchPlan.NAME_CHARACTERS_MAX - NUMBER_ROOM);
        if (slots > 1 && !template.contains(Variations.NUMBER)) {
            found.add(new Violation(field,
                    "must hold " + Variations.NUMBER + " for the number: no two may have one name"));
        }
    }

    /** A list whose placeholder nobody has used would change nothing. */
    private static void inTurn(List<Violation> found, String field, List<String> texts, String placeholder,
            String creative, int charactersMax) {
        if (texts.isEmpty()) {
            return;
        }
        if (texts.size() > TEXTS_MAX) {
            found.add(new Violation(field, "may have at most " + TEXTS_MAX + " entries"));
            return;
        }
        for (int i = 0; i < texts.size(); i++) {
            text(found, field + "[" + i + "]", texts.get(i), charactersMax);
        }
        if (!creative.contains(placeholder)) {
            found.add(new Violation(CREATIVE, "must hold " + placeholder + ", as " + field + " are given"));
        }
    }

    /** Line breaks and tabs are right there: an ad has paragraphs. */
    private static void text(List<Violation> found, String field, String text, int charactersMax) {
        if (text.isBlank()) {
            found.add(new Violation(field, "is needed"));
        } else if (text.length() > charactersMax) {
            found.add(new Violation(field, "may have at most " + charactersMax + " characters"));
        } else {
            var mistake = TextRules.mistakeInParagraphs(text);
            if (mistake != null) {
                found.add(new Violation(field, mistake));
            }
        }
    }
}
