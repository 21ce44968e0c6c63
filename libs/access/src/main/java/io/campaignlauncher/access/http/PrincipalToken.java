package io.campaignlauncher.access.http;

import io.campaignlauncher.access.model.Principal;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** A {@link Principal} as Spring Security hands it on. */
public final class PrincipalToken extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Principal principal;

    public PrincipalToken(Principal principal) {
        super(AuthorityUtils.NO_AUTHORITIES);
        this.principal = principal;
        setAuthenticated(true);
    }

    /** Who asks. Behind a rule that lets nobody unknown through it is always there; without one this fails. */
    public static Mono<Principal> of(ServerRequest request) {
        return request.principal().ofType(PrincipalToken.class).map(PrincipalToken::getPrincipal)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("no rule stands before this route")));
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
