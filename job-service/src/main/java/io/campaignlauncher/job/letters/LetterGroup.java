package io.campaignlauncher.job.letters;

import java.time.Instant;

/**
 * The letters of a topic that wait for the same reason.
 *
 * @param redrivable how many of them can be redriven
 * @param advice     what to do about them, in a sentence or two
 */
public record LetterGroup(String topic, String reasonKind, int count, int redrivable, int cameBack, Instant oldest,
        Instant newest, String advice) {}
