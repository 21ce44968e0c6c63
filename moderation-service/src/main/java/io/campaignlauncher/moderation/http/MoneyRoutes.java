package io.campaignlauncher.moderation.http;

import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.JsonBody;
import io.campaignlauncher.access.http.PathIds;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.moderation.store.WalletQueries;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Wallets, deposits and corrections. */
final class MoneyRoutes {

    private final Deciding deciding;
    private final WalletQueries wallets;
    private final Clock clock;

    private record NewDeposit(@Nullable String amount, @Nullable String externalId) {}

    private record NewCorrection(@Nullable String fromWalletId, @Nullable String toWalletId, @Nullable String amount,
            @Nullable String reason) {}

    MoneyRoutes(Deciding deciding, WalletQueries wallets, Clock clock) {
        this.deciding = deciding;
        this.wallets = wallets;
        this.clock = clock;
    }

    Mono<ServerResponse> wallet(ServerRequest request) {
        var asked = request.queryParam("at").orElse(null);
        var at = asked == null ? clock.instant() : TargetBody.time(asked);
        if (at == null) {
            throw Page.mistake("at", "must be a time such as 2026-01-31T12:00:00Z");
        }
        // Of now there is nothing later; the database's clock may be ahead of this one.
        var until = asked == null ? Instant.parse("9999-12-31T00:00:00Z") : at;
        return PrincipalToken.of(request)
                .flatMap(asking -> Answers.blocking(() -> wallets.at(asking.tenant(), asking.subject(), until)))
                .flatMap(Answers::ok);
    }

    Mono<ServerResponse> entries(ServerRequest request) {
        var page = Page.of(request);
        return PrincipalToken.of(request).flatMap(asking -> Answers.blocking(() -> page.answer("entries",
                wallets.entries(asking.tenant(), asking.subject(), page.after(), page.fetched()))))
                .flatMap(Answers::ok);
    }

    Mono<ServerResponse> wallets(ServerRequest request) {
        var page = Page.of(request);
        var userId = request.queryParam("userId").filter(given -> !given.isBlank()).orElse(null);
        return PrincipalToken.of(request).flatMap(asking -> Answers.blocking(() -> page.answer("wallets",
                wallets.wallets(asking.tenant(), userId, page.after(), page.fetched())))).flatMap(Answers::ok);
    }

    Mono<ServerResponse> corrections(ServerRequest request) {
        var page = Page.of(request);
        return PrincipalToken.of(request).flatMap(asking -> Answers.blocking(() -> page.answer("corrections",
                wallets.corrections(asking.tenant(), page.after(), page.fetched())))).flatMap(Answers::ok);
    }

    Mono<ServerResponse> deposit(ServerRequest request) {
        var userId = request.pathVariable("userId");
        return JsonBody.of(request, NewDeposit.class).flatMap(body -> {
            var check = new JsonBody.Check();
            var amount = check.needed("amount", body.amount());
            var externalId = check.needed("externalId", body.externalId());
            check.end();
            return deciding.decide(request, HttpStatus.CREATED,
                    _ -> new MarketCommand.Deposit(userId, amount, externalId),
                    _ -> Map.of("userId", userId, "amount", amount, "externalId", externalId));
        });
    }

    Mono<ServerResponse> propose(ServerRequest request) {
        return JsonBody.of(request, NewCorrection.class).flatMap(body -> {
            var check = new JsonBody.Check();
            var from = wallet("fromWalletId", body.fromWalletId(), check);
            var to = wallet("toWalletId", body.toWalletId(), check);
            var amount = check.needed("amount", body.amount());
            var reason = check.needed("reason", body.reason());
            check.end();
            return deciding.create(request, "correction",
                    (id, _) -> new MarketCommand.ProposeCorrection(id, Objects.requireNonNull(from),
                            Objects.requireNonNull(to), amount, reason),
                    (id, _) -> Map.of("id", id, "status", "proposed"));
        });
    }

    Mono<ServerResponse> approve(ServerRequest request) {
        var id = PathIds.of(request, "correctionId", "No such correction");
        return deciding.decide(request, HttpStatus.OK, _ -> new MarketCommand.ApproveCorrection(id),
                _ -> Map.of("id", id, "status", "approved"));
    }

    private static @Nullable UUID wallet(String field, @Nullable String text, JsonBody.Check check) {
        var given = check.needed(field, text);
        try {
            return UUID.fromString(given);
        } catch (IllegalArgumentException e) {
            check.rule(field, "must be the id of a wallet");
            return null;
        }
    }
}
