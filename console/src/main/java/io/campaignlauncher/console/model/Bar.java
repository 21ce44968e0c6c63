package io.campaignlauncher.console.model;

/** How many of what is wanted are there. @param kind as the HTTP API counts them: {@code adSets} */
public record Bar(String kind, String label, int made, int wanted) {

    /** A bar may not have the length zero. */
    public int max() {
        return Math.max(1, wanted);
    }
}
