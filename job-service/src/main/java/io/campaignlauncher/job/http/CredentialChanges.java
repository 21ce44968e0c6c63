package io.campaignlauncher.job.http;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.view.CredentialUses;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.NewCredential;
import io.campaignlauncher.messaging.StoredCredential;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Every change of a credential by somebody, if it is theirs. What belongs to nobody may be replaced by whoever stores tokens in its
 * tenant, and is theirs then; an admin who replaces somebody's leaves it theirs.
 */
final class CredentialChanges {

    private static final Logger LOG = LoggerFactory.getLogger(CredentialChanges.class);

    private final Credentials credentials;
    private final CredentialCheck check;
    private final CredentialUses uses;
    private final HttpSettings settings;

    CredentialChanges(Credentials credentials, CredentialCheck check, CredentialUses uses, HttpSettings settings) {
        this.uses = uses;
        this.credentials = credentials;
        this.check = check;
        this.settings = settings;
    }

    /**
     * Stores a token for the tenant of who asks, unless Facebook says that nothing can be created with it.
     *
     * @param adAccountIds for which it may be used; empty: for all
     */
    Mono<Void> store(Principal asking, String id, String accessToken, Set<String> adAccountIds) {
        var name = new CredentialName(asking.tenant(), id);
        var owner = credentials.find(name).map(StoredCredential::owner).filter(one -> !one.equals(
                StoredCredential.NOBODY)).orElse(asking.subject());
        if (!Visibility.asAdmin(asking).covers(name.tenant(), owner)) {
            return Mono.error(Problem.credentialOfSomebodyElse());
        }
        return check.of(accessToken).flatMap(finding -> switch (finding) {
            case CredentialCheck.Useless(var reasons) -> Mono.error(Problem.uselessToken(reasons));
            case CredentialCheck.Good(var checkedAt, var tokenExpiresAt) -> stored(new NewCredential(name, accessToken,
                    owner, asking.subject(), adAccountIds, checkedAt, tokenExpiresAt));
            case CredentialCheck.NotChecked() -> stored(new NewCredential(name, accessToken, owner, asking.subject(),
                    adAccountIds, null, null));
        });
    }

    private Mono<Void> stored(NewCredential credential) {
        return done(credential.name(), credentials.store(credential),
                "The credential could not be stored; send it again.");
    }

    /** Removes a token. @return an error where there is none that who asks may remove */
    Mono<Void> remove(Principal asking, CredentialName name) {
        var visible = Visibility.asAdmin(asking);
        return credentials.find(name).filter(one -> visible.covers(name.tenant(), one.owner())).isEmpty()
                ? Mono.error(Problem.noSuchCredential())
                : done(name, credentials.remove(name), "The credential could not be removed; send it again.")
                        // It is removed, whatever becomes of this.
                        .then(Blocking.run(() -> uses.forget(name)).onErrorComplete());
    }

    /** Tells the kind of error only: its message is not ours. */
    private Mono<Void> done(CredentialName name, Mono<Void> change, String whatToDo) {
        return change.timeout(settings.patience()).onErrorMap(e -> {
            LOG.warn("credential {} could not be changed: {}", name.id(), e.getClass().getName());
            return Problem.unavailable(whatToDo);
        });
    }
}
