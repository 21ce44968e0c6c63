package io.campaignlauncher.accountcheck.model;

import static io.campaignlauncher.schemas.CheckOutcome.FAILED;
import static io.campaignlauncher.schemas.CheckOutcome.NOT_REACHED;
import static io.campaignlauncher.schemas.CheckOutcome.PASSED;
import static io.campaignlauncher.schemas.CheckOutcome.WARNED;

import io.campaignlauncher.schemas.Check;
import io.campaignlauncher.schemas.CheckOutcome;
import io.campaignlauncher.schemas.DuplicateName;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.PreVerificationReported;
import io.campaignlauncher.schemas.PreVerificationRequested;
import io.campaignlauncher.schemas.VerificationOutcome;
import io.campaignlauncher.accountcheck.model.AccountFacts.Account;
import io.campaignlauncher.accountcheck.model.AccountFacts.Token;
import io.campaignlauncher.accountcheck.model.AccountFacts.Usability;
import io.campaignlauncher.accountcheck.model.ReadResult.Known;
import io.campaignlauncher.accountcheck.model.ReadResult.NotAsked;
import io.campaignlauncher.accountcheck.model.ReadResult.Unclear;
import io.campaignlauncher.accountcheck.model.ReadResult.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Says whether a job may begin on an account. A refusal names every reason at once; a read that failed for a passing reason
 * is never a refusal.
 */
public final class AccountJudgement {

    /** Codes of a token that Facebook does not take: session invalid, bad signature, invalid or expired. */
    private static final Set<Integer> TOKEN_CODES = Set.of(102, 104, 190);
    private static final Set<String> CREATING_TASKS = Set.of("ADVERTISE", "MANAGE");
    private static final String ADS_MANAGEMENT = "ads_management";

    private final PreVerificationRequested request;
    private final AccountFacts facts;
    private final AccountLimits limits;
    private final Instant now;
    private final boolean accountRefused;

    private AccountJudgement(PreVerificationRequested request, AccountFacts facts, AccountLimits limits, Instant now) {
        this.request = request;
        this.facts = facts;
        this.limits = limits;
        this.now = now;
        this.accountRefused = facts.account() instanceof Unreadable<Account>(var fault) && isOwn(fault);
    }

    /** @param stats what reading the facts took */
    public static PreVerificationReported judge(PreVerificationRequested request, AccountFacts facts,
            AccountLimits limits, Instant now, CallStats stats) {
        return new AccountJudgement(request, facts, limits, now).report(stats);
    }

    /** The refusal of a request whose credential nobody has stored. */
    public static PreVerificationReported withoutCredential(PreVerificationRequested request, AccountLimits limits,
            Instant now, CallStats stats) {
        var unknown = new Known<>(new Token(false, "credential " + request.getCredentialId() + " is not known", null,
                List.of()));
        var none = AccountFacts.none();
        return judge(request, new AccountFacts(none.account(), unknown, none.campaignsOfName(), none.campaigns(),
                none.adSets(), none.ads(), none.page(), none.pixel()), limits, now, stats);
    }

    private PreVerificationReported report(CallStats stats) {
        var checks = new ArrayList<Check>();
        checks.add(accountAccessible());
        checks.add(accountActive());
        checks.add(tokenValid());
        checks.add(nameFree());
        checks.add(room("campaign_room", "campaigns", facts.campaigns(), 1, limits.campaigns()));
        checks.add(room("ad_set_room", "ad sets", facts.adSets(), request.getAdSets(), limits.adSets()));
        checks.add(room("ad_room", "ads", facts.ads(), request.getAds(), limits.ads()));
        if (request.getPageId() != null) {
            checks.add(usable("page_usable", "page " + request.getPageId(), facts.page()));
        }
        if (request.getPixelId() != null) {
            checks.add(usable("pixel_usable", "pixel " + request.getPixelId(), facts.pixel()));
        }
        var passing = Faults.worst(facts.all().stream()
                .flatMap(read -> read instanceof Unreadable<?>(var fault) && isPassing(fault)
                        ? Stream.of(fault)
                        : Stream.empty())
                .toList());
        var refused = checks.stream().anyMatch(check -> check.getOutcome() == FAILED);
        var outcome = refused
                ? VerificationOutcome.REFUSED
                : passing.isPresent() ? VerificationOutcome.INCONCLUSIVE : VerificationOutcome.PASSED;
        var counted = facts.campaigns() instanceof Known<Integer>(var count) ? count : null;
        return PreVerificationReported.newBuilder()
                .setJobId(request.getJobId())
                .setAttempt(request.getAttempt())
                .setOutcome(outcome)
                .setChecks(checks)
                .setCampaignCount(counted)
                .setCampaignLimit(counted == null ? null : limits.campaigns())
                .setFault(outcome == VerificationOutcome.INCONCLUSIVE ? passing.orElseThrow() : null)
                .setDurationMs(stats.took().toMillis())
                .setHttpCalls(stats.httpCalls())
                .setTimeZone(facts.account() instanceof Known<Account>(var account) && !account.timeZone().isEmpty()
                        ? account.timeZone() : null)
                .build();
    }

    private Check accountAccessible() {
        return check("account_accessible", facts.account(),
                "The ad account " + request.getAdAccountId() + " cannot be read", account -> {
                    if (!account.tasks().isEmpty() && account.tasks().stream().noneMatch(CREATING_TASKS::contains)) {
                        return new CheckResult(FAILED,
                                "The token's user may not create ads on " + request.getAdAccountId()
                                        + ": its tasks there are " + String.join(", ", account.tasks()) + ".");
                    }
                    return CheckResult.GOOD;
                });
    }

    private Check accountActive() {
        if (!(facts.account() instanceof Known<Account>(var account))) {
            return notReached("account_active");
        }
        var outcome = AccountStatus.outcome(account.status());
        if (outcome == PASSED && account.spendCap() > 0 && account.amountSpent() >= account.spendCap()) {
            return new Check("account_active", WARNED, "The ad account has reached its spending limit.");
        }
        return new Check("account_active", outcome, outcome == PASSED
                ? ""
                : AccountStatus.sentence(account.status(), account.disableReason()));
    }

    private Check tokenValid() {
        for (var read : facts.all()) {
            if (read instanceof Unreadable<?>(var fault) && isTokenRefused(fault)) {
                return new Check("token_valid", FAILED, "Facebook refuses the access token: " + Faults.reason(fault));
            }
        }
        if (facts.token() instanceof Unreadable<Token>(var fault) && !isPassing(fault)) {
            // Not every app may ask about its tokens; a token that has just read the account is proven all the same.
            return facts.account() instanceof Known<Account>
                    ? new Check("token_valid", PASSED, "")
                    : notReached("token_valid");
        }
        return check("token_valid", facts.token(), "The access token cannot be checked", token -> {
            if (!token.valid()) {
                return new CheckResult(FAILED, "The access token is not valid: " + token.why() + ".");
            }
            if (token.expiresAt() != null && !token.expiresAt().isAfter(now)) {
                return new CheckResult(FAILED, "The access token expired at " + token.expiresAt() + ".");
            }
            if (!token.scopes().isEmpty() && !token.scopes().contains(ADS_MANAGEMENT)) {
                return new CheckResult(WARNED, "The access token does not name the permission " + ADS_MANAGEMENT + ".");
            }
            return CheckResult.GOOD;
        });
    }

    private Check nameFree() {
        var hit = request.getDuplicateName() == DuplicateName.WARN ? WARNED : FAILED;
        var quoted = "“" + request.getCampaignName() + "”";
        if (facts.campaignsOfName() instanceof Known<List<String>>(var ids) && !ids.isEmpty()) {
            return new Check("campaign_name_free", hit,
                    "A campaign called " + quoted + " exists on the account: " + ids.getFirst()
                            + (ids.size() == 1 ? "." : " and " + (ids.size() - 1) + " more."));
        }
        if (request.getNameTakenByAnotherJob()) {
            return new Check("campaign_name_free", hit,
                    "Another job is creating a campaign called " + quoted + " on the account.");
        }
        return check("campaign_name_free", facts.campaignsOfName(), "Campaign names cannot be compared",
                _ -> CheckResult.GOOD);
    }

    private Check room(String name, String what, ReadResult<Integer> counted, int wanted, int limit) {
        return check(name, counted, "The account's " + what + " cannot be counted",
                count -> (long) count + wanted <= limit
                        ? CheckResult.GOOD
                        : new CheckResult(FAILED,
                                "The ad account holds " + count + " " + what + " of " + limit
                                        + "; there is no room for "
                                        + wanted + " more."));
    }

    /**
     * Facebook's lists of pages and pixels are incomplete, and not every app may read them: what is not listed often works all the
     * same. So they warn, and where Facebook itself refuses, its refusal ends the launch.
     */
    private Check usable(String name, String what, ReadResult<Usability> read) {
        return check(name, read, "Whether the " + what + " may be used could not be checked", WARNED,
                usability -> switch (usability) {
                    case USABLE -> CheckResult.GOOD;
                    case UNAVAILABLE -> new CheckResult(FAILED, "The " + what + " is unavailable.");
                    case NOT_LISTED -> new CheckResult(WARNED, "The " + what
                            + " is not among those that Facebook lists for the ad account; it may refuse it.");
                });
    }

    private record CheckResult(CheckOutcome outcome, String detail) {

        static final CheckResult GOOD = new CheckResult(PASSED, "");
    }

    private <T> Check check(String name, ReadResult<T> read, String failure, Function<T, CheckResult> rule) {
        return check(name, read, failure, FAILED, rule);
    }

    /** @param refusedRead the outcome where Facebook refuses to let the reading be read, for good and for a reason of its own */
    private <T> Check check(String name, ReadResult<T> read, String failure, CheckOutcome refusedRead,
            Function<T, CheckResult> rule) {
        return switch (read) {
            case Known<T>(var value) -> {
                var result = rule.apply(value);
                yield new Check(name, result.outcome(), result.detail());
            }
            case Unclear<T>(var why) -> new Check(name, WARNED, why);
            case NotAsked<T> _ -> notReached(name);
            case Unreadable<T>(var fault) -> {
                var ofTheAccount = accountRefused && !"account_accessible".equals(name);
                yield isOwn(fault) && !ofTheAccount
                        ? new Check(name, refusedRead, failure + ": " + Faults.reason(fault))
                        : notReached(name);
            }
        };
    }

    private static Check notReached(String name) {
        return new Check(name, NOT_REACHED, "");
    }

    /** The error speaks about what was read: neither a passing one nor one of the token. */
    private static boolean isOwn(GraphFault fault) {
        return !isPassing(fault) && !isTokenRefused(fault);
    }

    private static boolean isTokenRefused(GraphFault fault) {
        return fault.getKind() == ErrorKind.PERMANENT && fault.getCode() != null
                && TOKEN_CODES.contains(fault.getCode());
    }

    /** An unknown kind is no reason to refuse. */
    private static boolean isPassing(GraphFault fault) {
        return switch (fault.getKind()) {
            case PERMANENT -> false;
            case RATE_LIMIT, TEMPORARY, UNKNOWN -> true;
        };
    }
}
