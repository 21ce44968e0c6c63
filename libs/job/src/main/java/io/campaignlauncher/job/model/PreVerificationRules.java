package io.campaignlauncher.job.model;

import java.util.List;

/** What follows from a look at the account before anything is created. */
final class PreVerificationRules {

    private PreVerificationRules() {}

    static Decision record(Turn turn, PreVerificationReport report) {
        var state = turn.state();
        if (state.awaited() != Awaited.PRE_VERIFICATION || report.attempt() != state.counts().preVerifications()) {
            return turn.done();
        }
        turn.emit(new JobEvent.PreVerificationCompleted(report));
        switch (report.outcome()) {
            case PASSED -> turn.create();
            case REFUSED -> turn.emit(new JobEvent.JobFailed(report.refusals()));
            case INCONCLUSIVE ->
                askAgain(turn, report.fault() == null ? Fault.temporary("the account could not be checked")
                        : report.fault());
        }
        return turn.done();
    }

    private static void askAgain(Turn turn, Fault fault) {
        if (fault.kind() == ErrorKind.RATE_LIMIT) {
            turn.waitForLimit(fault, null);
        } else if (turn.retriesLeft()) {
            turn.retry(fault);
        } else {
            turn.emit(new JobEvent.JobFailed(
                    List.of("the account could not be checked, and the retries are used up: " + fault.described())));
        }
    }
}
