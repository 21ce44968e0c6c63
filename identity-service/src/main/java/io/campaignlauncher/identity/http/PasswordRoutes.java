package io.campaignlauncher.identity.http;

import io.campaignlauncher.access.audit.Callers;
import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.JsonBody;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.identity.model.Passwords;
import io.campaignlauncher.identity.store.User;
import io.campaignlauncher.identity.store.Users;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** One's own password, for everybody who knows the one before: whoever found a session open does not. */
final class PasswordRoutes {

    private final Users users;
    private final PasswordWork passwords;
    private final LogInLimits limits;
    private final Callers callers;

    private record PasswordBody(@Nullable String password, @Nullable String newPassword) {}

    PasswordRoutes(Users users, PasswordWork passwords, LogInLimits limits, Callers callers) {
        this.users = users;
        this.passwords = passwords;
        this.limits = limits;
        this.callers = callers;
    }

    /** All sessions of the user end with it, this one too. Tries count as those of a log-in do. */
    Mono<ServerResponse> change(ServerRequest request) {
        return Mono.zip(PrincipalToken.of(request), JsonBody.of(request, PasswordBody.class)).flatMap(both -> {
            var actor = both.getT1();
            var check = new JsonBody.Check();
            var before = check.needed("password", both.getT2().password());
            var after = check.needed("newPassword", both.getT2().newPassword());
            check.rule("newPassword", Passwords.mistake(after, actor.username()));
            check.end();
            var address = callers.address(request);
            limits.admit(address, actor.username());
            return hashBefore(actor, before)
                    .flatMap(hash -> passwords.hash(after).map(next -> Optional.of(new Users.OwnPassword(hash, next))))
                    .defaultIfEmpty(Optional.empty())
                    .zipWith(callers.of(request, actor))
                    .flatMap(ready -> Answers.blocking(() -> users.changeOwn(actor, ready.getT1().orElse(null),
                            ready.getT2())))
                    .filter(changed -> changed)
                    .switchIfEmpty(Mono.error(Problem::passwordRefused))
                    .doOnNext(_ -> limits.succeeded(address, actor.username()))
                    .then(Mono.defer(Answers::nothing));
        });
    }

    /** The hash that a password is right for; empty where it is wrong. */
    private Mono<String> hashBefore(Principal actor, String password) {
        if (password.codePointCount(0, password.length()) > Passwords.CHARACTERS_MAX) {
            return Mono.empty();
        }
        return Answers.blocking(() -> users.named(actor.username()))
                .flatMap(user -> passwords.matches(password, user.map(User::passwordHash).orElse(null))
                        .filter(right -> right).map(_ -> user.orElseThrow().passwordHash()));
    }
}
