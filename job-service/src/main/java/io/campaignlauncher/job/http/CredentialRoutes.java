package io.campaignlauncher.job.http;

import io.campaignlauncher.access.audit.AuditedChanges.Wish;
import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.model.CredentialRules;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.request.Fields;
import io.campaignlauncher.job.view.CredentialUses;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.StoredCredential;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/credentials}: stores access tokens for the tenant of who asks, tells what is stored, and removes it. No answer and no log
 * ever shows a token.
 */
final class CredentialRoutes {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,4096}");
    private static final String NOT_CHECKED = "not_checked";
    private static final int AD_ACCOUNTS_MAX = 500;
    private static final int AFTER_CHARACTERS_MAX = 400;

    private final Credentials credentials;
    private final CredentialChanges changes;
    private final CredentialUses uses;
    private final Readiness readiness;
    private final AuditedChanges audited;
    private final HttpSettings settings;

    /** @param adAccountIds empty: all */
    private record Given(String accessToken, Set<String> adAccountIds) {

        /** Without the token. */
        @Override
        public String toString() {
            return "Given[]";
        }
    }

    /** @param readiness ready when the credentials were read: before, nobody knows whose they are */
    CredentialRoutes(Credentials credentials, CredentialChanges changes, CredentialUses uses, Readiness readiness,
            AuditedChanges audited, HttpSettings settings) {
        this.uses = uses;
        this.credentials = credentials;
        this.changes = changes;
        this.readiness = readiness;
        this.audited = audited;
        this.settings = settings;
    }

    Mono<ServerResponse> store(ServerRequest request) {
        var id = request.pathVariable("credentialId");
        if (!ID.matcher(id).matches()) {
            return Mono.error(
                    Problem.badRequest("credentialId", "must be 1 to 100 letters, digits, dots, dashes, underscores"));
        }
        return JsonBody.of(request, settings.bodyBytesMax())
                .map(CredentialRoutes::given)
                .zipWith(Asking.principal(request))
                .delayUntil(_ -> known())
                .flatMap(given -> audited.make(request, new Wish("credential.store", id, ""),
                        changes.store(given.getT2(), id, given.getT1().accessToken(), given.getT1().adAccountIds())))
                .then(Mono.defer(() -> ServerResponse.noContent().build()));
    }

    Mono<ServerResponse> remove(ServerRequest request) {
        var id = request.pathVariable("credentialId");
        return Asking.principal(request)
                .delayUntil(_ -> known())
                .flatMap(asking -> remove(request, asking,
                        new CredentialName(request.queryParam("tenant").orElse(asking.tenant()), id)))
                .then(Mono.defer(() -> ServerResponse.noContent().build()));
    }

    private Mono<Void> remove(ServerRequest request, Principal asking, CredentialName name) {
        var subject = name.tenant().equals(asking.tenant()) ? name.id() : cursor(name);
        return audited.make(request, new Wish("credential.delete", subject, ""), changes.remove(asking, name));
    }

    Mono<ServerResponse> list(ServerRequest request) {
        var after = after(request);
        int limit = Paging.limit(request, settings);
        return Asking.principal(request).map(Visibility::asAdmin)
                .delayUntil(_ -> known())
                .map(visible -> credentials.list(one -> visible.covers(one.name().tenant(), one.owner()), after, limit))
                .flatMap(found -> Blocking.call(() -> uses.last(found.stream().map(StoredCredential::name).toList()))
                        .flatMap(lastUses -> {
                            var answer = new LinkedHashMap<String, @Nullable Object>();
                            answer.put("credentials", found.stream()
                                    .map(one -> described(one, lastUses.get(one.name()))).toList());
                            answer.put("next", found.size() == limit ? cursor(found.getLast().name()) : null);
                            return Responses.ok(answer);
                        }));
    }

    private Mono<Void> known() {
        return readiness.ready().timeout(settings.patience())
                .onErrorMap(_ -> Problem.unavailable("The service is still starting; send the request again."));
    }

    static Map<String, @Nullable Object> described(StoredCredential one, @Nullable Instant lastUsedAt) {
        var described = new LinkedHashMap<String, @Nullable Object>();
        described.put("credentialId", one.name().id());
        described.put("tenant", one.name().tenant());
        described.put("owner", somebody(one.owner()));
        described.put("storedAt", one.storedAt().toString());
        described.put("storedBy", somebody(one.storedBy()));
        described.put("lastUsedAt", lastUsedAt == null ? null : lastUsedAt.toString());
        described.put("adAccountIds", one.adAccountIds().stream().sorted().toList());
        described.put("readable", one.readable());
        described.put("check", one.checkedAt() == null ? Map.of("result", NOT_CHECKED) : checked(one));
        return described;
    }

    private static Map<String, @Nullable Object> checked(StoredCredential one) {
        var checked = new LinkedHashMap<String, @Nullable Object>();
        checked.put("result", "passed");
        checked.put("at", String.valueOf(one.checkedAt()));
        checked.put("tokenExpiresAt", one.tokenExpiresAt() == null ? null : one.tokenExpiresAt().toString());
        return checked;
    }

    private static @Nullable String somebody(String subject) {
        return subject.equals(StoredCredential.NOBODY) ? null : subject;
    }

    private static String cursor(CredentialName name) {
        return name.tenant() + "/" + name.id();
    }

    private static @Nullable CredentialName after(ServerRequest request) {
        var text = request.queryParam("after").orElse(null);
        if (text == null) {
            return null;
        }
        int slash = text.indexOf('/');
        if (slash < 0 || text.length() > AFTER_CHARACTERS_MAX) {
            throw Problem.badRequest("after", "must be the next of the page before");
        }
        return new CredentialName(text.substring(0, slash), text.substring(slash + 1));
    }

    private static Given given(ObjectNode body) {
        var found = new ArrayList<Violation>();
        var fields = new Fields(body, found);
        var token = fields.textOrEmpty("accessToken");
        var adAccountIds = fields.texts("adAccountIds");
        fields.nothingElse();
        if (found.isEmpty()) {
            check(token, adAccountIds, body.hasNonNull("adAccountIds"), found);
        }
        if (!found.isEmpty()) {
            throw Problem.badRequest(found);
        }
        return new Given(token, Set.copyOf(adAccountIds));
    }

    private static void check(String token, List<String> adAccountIds, boolean someGiven, List<Violation> found) {
        if (!TOKEN.matcher(token).matches()) {
            found.add(new Violation("accessToken", "must be 1 to 4096 visible ASCII characters"));
        }
        if (someGiven && (adAccountIds.isEmpty() || adAccountIds.size() > AD_ACCOUNTS_MAX)) {
            found.add(new Violation("adAccountIds",
                    "must be 1 to " + AD_ACCOUNTS_MAX + " ad accounts; leave it out for all"));
        } else if (!adAccountIds.stream().allMatch(CredentialRules::isAdAccount)) {
            found.add(new Violation("adAccountIds", "must each be act_ and digits"));
        }
    }
}
