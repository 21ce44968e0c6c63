package io.campaignlauncher.launchfile;

import tools.jackson.databind.JsonNode;

/** What the text of a cell says. */
sealed interface Reading {

    record Value(JsonNode json) implements Reading {}

    /** What is so anyway: the cell might as well be empty. */
    record Nothing() implements Reading {}

    /** @param sentence what is wrong, and what to do */
    record Mistake(String sentence) implements Reading {}

    Reading NOTHING = new Nothing();
}
