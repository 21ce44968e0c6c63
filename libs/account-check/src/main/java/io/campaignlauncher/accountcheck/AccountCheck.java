package io.campaignlauncher.accountcheck;

import io.campaignlauncher.accountcheck.model.AccountFacts;
import io.campaignlauncher.accountcheck.model.AccountJudgement;
import io.campaignlauncher.accountcheck.model.AccountLimits;
import io.campaignlauncher.accountcheck.model.CallStats;
import io.campaignlauncher.accountcheck.model.MediaJudgement;
import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.PreVerificationReported;
import io.campaignlauncher.schemas.PreVerificationRequested;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Reads an account once and says whether a launch may begin on it. Changes nothing and tries nothing again. */
public final class AccountCheck {

    private final AccountReader reader;
    private final MediaReader media;
    private final AccountLimits limits;
    private final Clock clock;

    public AccountCheck(GraphReads reads, AccountLimits limits, Clock clock) {
        this.reader = new AccountReader(reads, clock);
        this.media = new MediaReader(reads, clock);
        this.limits = limits;
        this.clock = clock;
    }

    /** What was read, and what follows from it. */
    public record Checked(AccountFacts facts, PreVerificationReported report) {}

    /** @param begun when the work on the request began */
    public Mono<Checked> of(AccessToken token, PreVerificationRequested request, Instant begun) {
        return reader.read(token, request)
                .zipWith(media.read(token, request))
                .map(answer -> {
                    var account = judged(request, answer.getT1().facts(), begun, answer.getT1().httpCalls());
                    return new Checked(account.facts(),
                            MediaJudgement.added(account.report(), answer.getT2(), stillHiddenUntil(request, begun),
                                    clock.instant()));
                });
    }

    /** Until when the reads that have just begun may miss what was uploaded; null: they show it. */
    private static @Nullable Instant stillHiddenUntil(PreVerificationRequested request, Instant begun) {
        var conclusiveFrom = request.getConclusiveFrom();
        return conclusiveFrom != null && begun.isBefore(conclusiveFrom) ? conclusiveFrom : null;
    }

    /** Of a request whose credential nobody has stored. */
    public Checked withoutCredential(PreVerificationRequested request, Instant begun) {
        return new Checked(AccountFacts.none(), AccountJudgement.withoutCredential(request, limits, clock.instant(),
                since(begun, 0)));
    }

    /** Of an account that gave no answer. */
    public Checked unreadable(PreVerificationRequested request, GraphFault fault, Instant begun) {
        return judged(request, AccountFacts.unreadable(fault), begun, 0);
    }

    private Checked judged(PreVerificationRequested request, AccountFacts facts, Instant begun, int httpCalls) {
        return new Checked(facts,
                AccountJudgement.judge(request, facts, limits, clock.instant(), since(begun, httpCalls)));
    }

    private CallStats since(Instant begun, int httpCalls) {
        return new CallStats(Duration.between(begun, clock.instant()), httpCalls);
    }
}
