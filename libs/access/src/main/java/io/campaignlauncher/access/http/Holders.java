package io.campaignlauncher.access.http;

import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.Principal;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;

/**
 * Whose a token or a key is, as it is known now. Empty: nobody's, or nobody's any more; an error: it cannot be told now.
 */
public interface Holders {

    /** @param token signed by the issuer, for us, and not expired */
    Mono<Principal> of(Jwt token);

    Mono<Principal> of(ApiKeyText key);
}
