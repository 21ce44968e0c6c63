package io.campaignlauncher.console.http;

import io.campaignlauncher.access.http.PrincipalToken;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;

/** Who asks for a page, and where from; found in the context of whatever that page leads to. */
final class Visit implements SecurityContext {

    private static final long serialVersionUID = 1L;

    private final transient PrincipalToken who;
    private final transient @Nullable Session session;
    private final String address;

    /**
     * @param session null: whoever sits at the machine
     * @param address as text; empty: not known
     */
    Visit(PrincipalToken who, @Nullable Session session, String address) {
        this.who = who;
        this.session = session;
        this.address = address;
    }

    @Nullable
    Session session() {
        return session;
    }

    String address() {
        return address;
    }

    @Override
    public Authentication getAuthentication() {
        return who;
    }

    /** Who asks does not change on the way. */
    @Override
    public void setAuthentication(@Nullable Authentication authentication) {
        throw new UnsupportedOperationException();
    }
}
