package io.campaignlauncher.job.http;

import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.account.AccountFigures.Launch;
import io.campaignlauncher.job.account.AccountFigures;
import io.campaignlauncher.job.account.Accounts;
import io.campaignlauncher.job.view.CredentialUses;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.StoredCredential;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code /v1/accounts}: ad accounts of the launches and credentials that who asks may see. */
final class AccountRoutes {

    /** Of one account. */
    private static final int CREDENTIALS_MAX = 100;
    private static final int NAMING_MAX = 5_000;

    private final Accounts accounts;
    private final Credentials credentials;
    private final CredentialUses uses;
    private final int changesPerSecond;
    private final HttpSettings settings;
    private final InstantSource clock;

    /** @param changesPerSecond that an account may see; 0: no bound */
    AccountRoutes(Accounts accounts, Credentials credentials, CredentialUses uses, int changesPerSecond,
            HttpSettings settings, InstantSource clock) {
        this.accounts = accounts;
        this.credentials = credentials;
        this.uses = uses;
        this.changesPerSecond = changesPerSecond;
        this.settings = settings;
        this.clock = clock;
    }

    Mono<ServerResponse> list(ServerRequest request) {
        var after = AccountPlace.of(request);
        int limit = Paging.limit(request, settings);
        return Asking.principal(request).flatMap(asking -> Blocking.call(() -> {
            // One more tells whether there is more.
            var found = found(asking, after, limit + 1);
            var shown = found.subList(0, Math.min(limit, found.size()));
            var answer = new LinkedHashMap<String, @Nullable Object>();
            answer.put("accounts", shown.stream().map(one -> described(one, asking)).toList());
            answer.put("next", found.size() > limit ? AccountPlace.behind(shown.getLast()).text() : null);
            return answer;
        })).flatMap(Responses::ok);
    }

    /** Those that launches were made on, the one with the latest first; then those that only credentials name. */
    private List<AccountFigures> found(Principal asking, AccountPlace after, int max) {
        var visible = Visibility.of(asking);
        var found = new ArrayList<AccountFigures>();
        if (after.adAccountId().isEmpty()) {
            found.addAll(accounts.launched(visible, after.launch(), max));
        }
        if (found.size() < max) {
            var others = named(asking).tailSet(after.adAccountId(), false);
            accounts.of(visible, others).stream().filter(one -> one.latestNumber() == null)
                    .limit(max - found.size()).forEach(found::add);
        }
        return found;
    }

    Mono<ServerResponse> one(ServerRequest request) {
        var account = request.pathVariable("adAccountId");
        return Asking.principal(request).flatMap(asking -> Blocking.call(() -> {
            var visible = Visibility.of(asking);
            var figures = accounts.one(visible, account);
            if (figures.latestNumber() == null && !named(asking).contains(account)) {
                throw HttpProblem.noSuch("No such ad account");
            }
            var answer = described(figures, asking);
            answer.put("launches", accounts.latest(visible, account).stream().map(AccountRoutes::launch).toList());
            return answer;
        })).flatMap(Responses::ok);
    }

    /** By the credentials that name their accounts. */
    private NavigableSet<String> named(Principal asking) {
        var named = new TreeSet<String>();
        visible(asking, one -> !one.adAccountIds().isEmpty(), NAMING_MAX)
                .forEach(one -> named.addAll(one.adAccountIds()));
        return named;
    }

    private List<StoredCredential> visible(Principal asking, Predicate<StoredCredential> wanted, int max) {
        var visible = Visibility.asAdmin(asking);
        return credentials.list(one -> visible.covers(one.name().tenant(), one.owner()) && wanted.test(one), null,
                max);
    }

    private LinkedHashMap<String, @Nullable Object> described(AccountFigures figures, Principal asking) {
        var described = new LinkedHashMap<String, @Nullable Object>();
        var now = clock.instant();
        described.put("adAccountId", figures.adAccountId());
        described.put("running", figures.running());
        described.put("changesLeft", figures.changesLeft());
        described.put("latestLaunchAt", text(figures.latestAt()));
        described.put("changesPerSecondMax", changesPerSecond == 0 ? null : changesPerSecond);
        described.put("expectedWaitSeconds", figures.expectedWait(now, changesPerSecond).toSeconds());
        described.put("pace", figures.pace() == null ? null : pace(figures.pace()));
        described.put("usage", figures.usage() == null ? null : usage(figures.usage()));
        var own = visible(asking, one -> one.isFor(figures.adAccountId()), CREDENTIALS_MAX);
        var lastUses = uses.last(own.stream().map(StoredCredential::name).toList());
        described.put("credentials",
                own.stream().map(one -> CredentialRoutes.described(one, lastUses.get(one.name()))).toList());
        return described;
    }

    private static Map<String, @Nullable Object> pace(AccountFigures.Pace pace) {
        var described = new LinkedHashMap<String, @Nullable Object>();
        described.put("changesNow", pace.changesNow());
        described.put("pausedUntil", text(pace.pausedUntil()));
        described.put("waiting", pace.waiting());
        return described;
    }

    private static Map<String, Object> usage(AccountFigures.Usage usage) {
        return Map.of("percent", usage.percent(), "at", usage.at().toString());
    }

    private static Map<String, Object> launch(Launch launch) {
        return Map.of("jobId", launch.jobId(), "campaignName", launch.campaignName(), "status", launch.status(),
                "createdAt", launch.createdAt().toString());
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
