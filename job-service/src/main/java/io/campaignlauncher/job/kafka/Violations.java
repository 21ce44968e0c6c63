package io.campaignlauncher.job.kafka;

import io.campaignlauncher.job.model.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** Mistakes in a request as one line. */
final class Violations {

    private Violations() {}

    static String described(List<Violation> violations) {
        return violations.stream().map(Violation::described).collect(Collectors.joining("; "));
    }
}
