package io.campaignlauncher.accountcheck;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.CampaignLookup;
import io.campaignlauncher.graph.DebuggedToken;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.KeptName;
import io.campaignlauncher.schemas.PreVerificationRequested;
import io.campaignlauncher.worker.GraphFaults;
import io.campaignlauncher.accountcheck.model.AccountFacts.Account;
import io.campaignlauncher.accountcheck.model.AccountFacts.Token;
import io.campaignlauncher.accountcheck.model.AccountFacts.Usability;
import io.campaignlauncher.accountcheck.model.AccountFacts;
import io.campaignlauncher.accountcheck.model.Faults;
import io.campaignlauncher.accountcheck.model.ReadResult;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Reads all that the checks before a launch need in one HTTP request (more where the account has hundreds of pages). */
final class AccountReader {

    private static final String ACCOUNT_FIELDS = "name,account_status,disable_reason,currency,timezone_name,user_tasks,spend_cap,amount_spent";

    private final GraphReads reads;
    private final Clock clock;

    AccountReader(GraphReads reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    record AccountRead(AccountFacts facts, int httpCalls) {}

    Mono<AccountRead> read(AccessToken token, PreVerificationRequested request) {
        return reads.read(token, operations(token, request))
                .map(answer -> new AccountRead(facts(token, request, answer.results(), clock.instant()),
                        answer.httpCalls()));
    }

    private static List<GraphOperation> operations(AccessToken token, PreVerificationRequested request) {
        var account = request.getAdAccountId();
        var operations = new ArrayList<GraphOperation>();
        operations.add(GraphOperation.get(account, Map.of("fields", ACCOUNT_FIELDS)));
        operations.add(GraphOperation.get(DebuggedToken.PATH, DebuggedToken.parameters(token)));
        operations.add(CampaignLookup.named(account, KeptName.of(request.getCampaignName()), "id,name"));
        operations.add(count(account + "/campaigns"));
        operations.add(count(account + "/adsets"));
        operations.add(count(account + "/ads"));
        if (request.getPageId() != null) {
            operations.add(list(account + "/promote_pages", "id"));
        }
        if (request.getPixelId() != null) {
            operations.add(list(account + "/adspixels", "id,is_unavailable"));
        }
        return operations;
    }

    private static GraphOperation count(String edge) {
        return GraphOperation.get(edge, Map.of("fields", "id", "summary", "total_count", "limit", "1"));
    }

    private static GraphOperation list(String edge, String fields) {
        return GraphOperation.get(edge, Map.of("fields", fields));
    }

    private static AccountFacts facts(AccessToken token, PreVerificationRequested request, List<GraphResult> results,
            Instant now) {
        var page = request.getPageId() == null ? null : results.get(6);
        var pixel = request.getPixelId() == null ? null : results.getLast();
        return new AccountFacts(
                readResult(results.get(0), now, AccountReader::account),
                readResult(results.get(1), now, body -> token(body, token)),
                readResult(results.get(2), now, body -> named(body, request.getCampaignName())),
                readResult(results.get(3), now, body -> counted(body, "campaigns")),
                readResult(results.get(4), now, body -> counted(body, "ad sets")),
                readResult(results.get(5), now, body -> counted(body, "ads")),
                listed(page, request.getPageId(), "page", now),
                listed(pixel, request.getPixelId(), "pixel", now));
    }

    private static <T> ReadResult<T> readResult(GraphResult result, Instant now,
            Function<JsonNode, ReadResult<T>> parse) {
        return switch (result) {
            case GraphResult.Success(var body) -> parse.apply(body);
            case GraphResult.Failure(var error) -> new ReadResult.Unreadable<>(GraphFaults.of(error, now));
        };
    }

    private static ReadResult<Account> account(JsonNode body) {
        var status = body.path("account_status").asInt(0);
        if (status == 0) {
            return new ReadResult.Unreadable<>(
                    Faults.unreadable("Facebook answered without the account's status."));
        }
        return new ReadResult.Known<>(new Account(status, body.path("disable_reason").asInt(0),
                texts(body.path("user_tasks")), body.path("spend_cap").asLong(0), body.path("amount_spent").asLong(0),
                body.path("currency").asString(""), body.path("timezone_name").asString("")));
    }

    private static ReadResult<Token> token(JsonNode body, AccessToken token) {
        return DebuggedToken.of(body, token).<ReadResult<Token>>map(said -> new ReadResult.Known<>(
                new Token(said.valid(), said.why(), said.expiresAt(), said.scopes())))
                .orElseGet(() -> new ReadResult.Unclear<>("Facebook did not say whether the access token is valid."));
    }

    private static ReadResult<List<String>> named(JsonNode body, String name) {
        return new ReadResult.Known<>(body.path("data").valueStream()
                .filter(campaign -> KeptName.same(campaign.path("name").asString(""), name))
                .map(campaign -> campaign.path("id").asString(""))
                .toList());
    }

    private static ReadResult<Integer> counted(JsonNode body, String what) {
        var count = body.path("summary").path("total_count").asInt(-1);
        return count < 0
                ? new ReadResult.Unclear<>("Facebook did not say how many " + what + " the ad account holds.")
                : new ReadResult.Known<>(count);
    }

    private static ReadResult<Usability> listed(@Nullable GraphResult result, @Nullable String id, String what,
            Instant now) {
        if (result == null || id == null) {
            return new ReadResult.NotAsked<>();
        }
        Predicate<JsonNode> wanted = item -> item.path("id").asString("").equals(id);
        ReadResult<Usability> read = readResult(result, now,
                body -> new ReadResult.Known<>(body.path("data")
                        .valueStream()
                        .filter(wanted)
                        .findFirst()
                        .map(item -> item.path("is_unavailable").asBoolean(false)
                                ? Usability.UNAVAILABLE
                                : Usability.USABLE)
                        .orElse(Usability.NOT_LISTED)));
        // A list too long to be read to its end does not tell.
        return read instanceof ReadResult.Unreadable<Usability>(var fault) && fault.getKind() == ErrorKind.PERMANENT
                && fault.getCode() == null
                        ? new ReadResult.Unclear<>("Whether the " + what + " " + id + " may be used is not known: "
                                + fault.getMessage() + ".")
                        : read;
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(item -> item.asString("")).filter(text -> !text.isEmpty()).toList();
    }
}
