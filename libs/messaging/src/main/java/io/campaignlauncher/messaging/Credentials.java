package io.campaignlauncher.messaging;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Access tokens that can be stored and removed, too. */
public interface Credentials extends AccessTokens {

    /** Stores a token for all services, in place of the one of its name. Once it completes, this instance knows it. */
    Mono<Void> store(NewCredential credential);

    /** The same for the system itself. */
    default Mono<Void> store(CredentialName name, String accessToken) {
        return store(NewCredential.ofNobody(name, accessToken));
    }

    /** Removes a token for all services; no harm where there is none. Once it completes, this instance knows. */
    Mono<Void> remove(CredentialName name);

    /** What is stored under the name, as far as the topic was read, also where the key does not open it. Answers from memory. */
    Optional<StoredCredential> find(CredentialName name);

    /**
     * A page of what is stored, in the order of the names. Answers from memory.
     *
     * @param after only names behind it; null: from the first on
     */
    List<StoredCredential> list(Predicate<StoredCredential> wanted, @Nullable CredentialName after, int limit);
}
