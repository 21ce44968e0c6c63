package io.campaignlauncher.identity.http;

import io.campaignlauncher.access.model.Principal;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** A {@link Principal} as Spring Security hands it on. */
final class PrincipalToken extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Principal principal;

    PrincipalToken(Principal principal) {
        super(AuthorityUtils.NO_AUTHORITIES);
        this.principal = principal;
        setAuthenticated(true);
    }

    /** Who asks; behind a rule that lets nobody else through, it is always there. */
    static Mono<Principal> of(ServerRequest request) {
        return request.principal().ofType(PrincipalToken.class).map(PrincipalToken::getPrincipal)
                .switchIfEmpty(Mono.error(Problem::unauthenticated));
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Principal getPrincipal() {
        return principal;
    }
}
