package io.campaignlauncher.analytics.model;

import io.campaignlauncher.analytics.model.Counted.Status;
import io.campaignlauncher.analytics.model.Fact.Judgement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is told of one job, fact by fact, each some time after the one before it. */
final class History {

    static final Instant START = Instant.parse("2026-03-29T12:00:00Z");

    private record TimedFact(long sequence, Instant at, Fact fact) {}

    private final String jobId;
    private final List<TimedFact> told = new ArrayList<>();
    private Instant at;

    private History(String jobId, Instant from) {
        this.jobId = jobId;
        this.at = from;
    }

    /** Of a job that was accepted then, with a budget of 5 retries. */
    static History accepted(String jobId, Instant at) {
        return new History(jobId, at).then(Duration.ZERO, new Fact.Accepted("one_fifty_one", 5));
    }

    static History accepted(String jobId) {
        return accepted(jobId, START);
    }

    History then(Duration later, Fact fact) {
        at = at.plus(later);
        told.add(new TimedFact(told.size(), at, fact));
        return this;
    }

    History then(Fact fact) {
        return then(Duration.ofSeconds(1), fact);
    }

    History passed() {
        return then(new Fact.AccountChecked(Judgement.PASSED, List.of(), Duration.ofMillis(300)));
    }

    History refused(String... checks) {
        return then(new Fact.AccountChecked(Judgement.REFUSED, List.of(checks), Duration.ofMillis(100)))
                .then(Duration.ZERO, new Fact.Settled(Status.FAILED));
    }

    History round() {
        return then(new Fact.RoundBegun()).then(new Fact.RoundEnded());
    }

    History retried(int count, String reason) {
        return then(new Fact.RetryScheduled(count, reason));
    }

    History looked(boolean different) {
        return then(new Fact.Compared(true, different, Duration.ofMillis(200)));
    }

    History surplus(String... ids) {
        return then(new Fact.DuplicatesFound(Set.of(ids)));
    }

    History rollback() {
        return then(new Fact.RollbackBegun());
    }

    History settled(Status status) {
        return then(new Fact.Settled(status));
    }

    /** The usual way: verified, created, looked at, completed. */
    History completed() {
        return passed().round().looked(false).settled(Status.COMPLETED);
    }

    void tell(Figures figures) {
        tell(figures, 0);
    }

    /** From this place in the history on. */
    void tell(Figures figures, int from) {
        told.stream().skip(from)
                .forEach(each -> figures.happened(jobId, each.sequence(), each.at(), each.fact()));
    }

    int length() {
        return told.size();
    }

    Instant end() {
        return at;
    }
}
