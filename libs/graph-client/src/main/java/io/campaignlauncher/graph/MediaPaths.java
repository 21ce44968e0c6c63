package io.campaignlauncher.graph;

import java.util.regex.Pattern;

/** Paths of requests about media: what is no account and no id would ask for something else. */
final class MediaPaths {

    private static final String PREFIX = "act_";
    private static final Pattern ACCOUNT = Pattern.compile(PREFIX + "[0-9]{1,20}");
    private static final Pattern ID = Pattern.compile("[0-9]{1,20}");

    private MediaPaths() {}

    static String ofAccount(String adAccountId, String edge) {
        return matching(ACCOUNT, adAccountId) + "/" + edge;
    }

    /** Without the {@code act_}. */
    static String digits(String adAccountId) {
        return matching(ACCOUNT, adAccountId).substring(PREFIX.length());
    }

    static String id(String id) {
        return matching(ID, id);
    }

    private static String matching(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("not of the form " + pattern + ", but " + text.length() + " characters");
        }
        return text;
    }
}
