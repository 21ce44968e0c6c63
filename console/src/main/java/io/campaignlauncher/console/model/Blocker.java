package io.campaignlauncher.console.model;

/**
 * What keeps a launch from being made, at the field of the form where it can be mended.
 *
 * @param field   of the form; empty: none of it
 * @param label   of the field, or what else it is about
 */
public record Blocker(String field, String label, String message) {

    /** Where a link to it leads to. */
    public String id() {
        return "f-" + field;
    }
}
