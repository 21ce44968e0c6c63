package io.campaignlauncher.job.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the slots of a request are called: each type's names are unique, where the request breaks no rule. */
final class SlotNames {

    private static final int CHARACTERS_MAX = LaunchPlan.NAME_CHARACTERS_MAX;
    private static final String AD_SET = " / ad set ";
    private static final String AD = " / ad ";
    private static final int NUMBER_CHARACTERS_MAX = 3;

    private final Variations variations;
    private final String campaignName;

    SlotNames(LaunchRequest request) {
        variations = request.variations();
        campaignName = request.campaign().name();
    }

    List<String> adSets(int count) {
        return names(given(count, variations.adSets().stream().map(ListedAdSet::name).toList()),
                variations.adSetName(), AD_SET);
    }

    List<String> ads(int count) {
        return names(given(count,
                variations.adSets().stream().flatMap(adSet -> adSet.ads().stream()).map(ListedAd::name).toList()),
                variations.adName(), AD);
    }

    private static List<@Nullable String> given(int count, List<@Nullable String> listed) {
        return IntStream.range(0, count).<@Nullable String>mapToObj(i -> i < listed.size() ? listed.get(i) : null)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private List<String> names(List<@Nullable String> given, @Nullable String template, String infix) {
        var names = new ArrayList<String>(given.size());
        for (int i = 0; i < given.size(); i++) {
            names.add(Objects.requireNonNullElse(given.get(i), otherwise(template, infix, i + 1)));
        }
        return variations.numberRepeatedNames() ? names.stream().map(new NumberedNames(names)::next).toList() : names;
    }

    private String otherwise(@Nullable String template, String infix, int number) {
        if (template != null) {
            return template.replace(Variations.NUMBER, Integer.toString(number));
        }
        var suffix = infix + number;
        return cut(campaignName, CHARACTERS_MAX - Math.max(suffix.length(), AD_SET.length() + NUMBER_CHARACTERS_MAX))
                + suffix;
    }

    /** As much of it as there is room for; no character is cut in two. */
    static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
