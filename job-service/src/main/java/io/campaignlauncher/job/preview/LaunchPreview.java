package io.campaignlauncher.job.preview;

import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.schemas.Check;
import io.campaignlauncher.schemas.VerificationOutcome;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a launch would make.
 *
 * @param outcome REFUSED where a rule, a check or Facebook stands against it; INCONCLUSIVE where Facebook gave no answer that tells
 * @param plan    null where the request breaks rules
 */
public record LaunchPreview(VerificationOutcome outcome, @Nullable Plan plan, List<Check> checks,
        List<Violation> blockers, List<Violation> warnings, List<String> validated, List<Violation> notValidated) {

    /** What follows from a request that breaks no rule. */
    public record Plan(Names names, Calls calls, Price price, PreviewHash hash) {}

    public LaunchPreview {
        checks = List.copyOf(checks);
        blockers = List.copyOf(blockers);
        warnings = List.copyOf(warnings);
        validated = List.copyOf(validated);
        notValidated = List.copyOf(notValidated);
    }

    /** Of a request that breaks these rules: Facebook is not asked. */
    public static LaunchPreview refused(List<Violation> violations) {
        return new LaunchPreview(VerificationOutcome.REFUSED, null, List.of(), violations, List.of(), List.of(),
                List.of());
    }

    public boolean launchable() {
        return outcome == VerificationOutcome.PASSED;
    }

    /** What a launch may name, so that it is made as was shown. */
    public Optional<String> hash() {
        return launchable() && plan != null ? Optional.of(plan.hash().text()) : Optional.empty();
    }
}
