package io.campaignlauncher.job.letters;

import io.campaignlauncher.telemetry.PlainText;
import java.util.regex.Pattern;

/** What reasons of one kind have in common: the reason without ids, numbers and what was quoted. */
final class ReasonKind {

    private static final int LENGTH_MAX = 200;
    private static final Pattern DIFFERING = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
            + "|\\bact_\\d+|\"[^\"]*\"|\\d{3,}|\\b[0-9a-f]{16,}\\b");
    private static final String LEFT_OUT = "…";

    private ReasonKind() {}

    static String of(String reason) {
        return PlainText.cut(DIFFERING.matcher(reason).replaceAll(LEFT_OUT), LENGTH_MAX);
    }
}
