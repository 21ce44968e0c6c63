package io.campaignlauncher.job.model;

import java.util.List;

/** What follows from the verification of the account before anything is created. */
final class PreVerificationRules {

    private PreVerificationRules() {}

    static Decision record(DecisionBuilder builder, PreVerificationReport report) {
        var state = builder.state();
        if (state.awaited() != Awaited.PRE_VERIFICATION || report.attempt() != state.counts().preVerifications()) {
            return builder.done();
        }
        builder.emit(new JobEvent.PreVerificationCompleted(report));
        switch (report.outcome()) {
            case PASSED -> builder.create();
            case REFUSED -> builder.emit(new JobEvent.JobFailed(report.refusals(), true));
            case INCONCLUSIVE ->
                askAgain(builder, report.fault() == null ? Fault.temporary("the account could not be checked")
                        : report.fault());
        }
        return builder.done();
    }

    private static void askAgain(DecisionBuilder builder, Fault fault) {
        if (fault.kind() == ErrorKind.RATE_LIMIT) {
            builder.waitForLimit(fault, null);
        } else if (builder.retriesLeft()) {
            builder.retry(fault);
        } else {
            builder.emit(new JobEvent.JobFailed(
                    List.of("the account could not be checked, and the retries are used up: " + fault.described()),
                    true));
        }
    }
}
