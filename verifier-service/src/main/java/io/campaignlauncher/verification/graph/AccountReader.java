package io.campaignlauncher.verification.graph;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.CampaignLookup;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.KeptName;
import io.campaignlauncher.schemas.PreVerificationRequested;
import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.verification.model.AccountFacts;
import io.campaignlauncher.verification.model.AccountFacts.Account;
import io.campaignlauncher.verification.model.AccountFacts.Token;
import io.campaignlauncher.verification.model.AccountFacts.Usability;
import io.campaignlauncher.verification.model.Reading;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Reads all that the checks before a launch need in one HTTP request (more where the account has hundreds of pages). */
final class AccountReader {

    private static final String ACCOUNT_FIELDS = "name,account_status,disable_reason,currency,user_tasks,spend_cap,amount_spent";
    private static final int SAID_MAX = 300;

    private final GraphReads reads;
    private final Clock clock;

    AccountReader(GraphReads reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    record Answer(AccountFacts facts, int httpCalls) {}

    Mono<Answer> read(AccessToken token, PreVerificationRequested request) {
        return reads.read(token, operations(token, request))
                .map(answer -> new Answer(facts(token, request, answer.results(), clock.instant()),
                        answer.httpCalls()));
    }

    private static List<GraphOperation> operations(AccessToken token, PreVerificationRequested request) {
        var account = request.getAdAccountId();
        var operations = new ArrayList<GraphOperation>();
        operations.add(GraphOperation.get(account, Map.of("fields", ACCOUNT_FIELDS)));
        operations.add(GraphOperation.get("debug_token", Map.of("input_token", token.value())));
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
                Answers.reading(results.get(0), now, AccountReader::account),
                Answers.reading(results.get(1), now, body -> token(body, token)),
                Answers.reading(results.get(2), now, body -> named(body, request.getCampaignName())),
                Answers.reading(results.get(3), now, body -> counted(body, "campaigns")),
                Answers.reading(results.get(4), now, body -> counted(body, "ad sets")),
                Answers.reading(results.get(5), now, body -> counted(body, "ads")),
                listed(page, request.getPageId(), "page", now),
                listed(pixel, request.getPixelId(), "pixel", now));
    }

    private static Reading<Account> account(JsonNode body) {
        var status = body.path("account_status").asInt(0);
        if (status == 0) {
            return new Reading.Unreadable<>(Answers.unreadable("Facebook answered without the account's status."));
        }
        return new Reading.Known<>(new Account(status, body.path("disable_reason").asInt(0),
                texts(body.path("user_tasks")), body.path("spend_cap").asLong(0), body.path("amount_spent").asLong(0)));
    }

    private static Reading<Token> token(JsonNode body, AccessToken token) {
        var data = body.path("data");
        if (!data.path("is_valid").isBoolean()) {
            return new Reading.Unclear<>("Facebook did not say whether the access token is valid.");
        }
        var expiresAt = data.path("expires_at").asLong(0);
        var why = data.path("error").path("message").asString("Facebook gave no reason").replace(token.value(), "•••");
        return new Reading.Known<>(new Token(data.path("is_valid").asBoolean(),
                PlainText.cut(PlainText.oneLine(why), SAID_MAX),
                expiresAt == 0 ? null : Instant.ofEpochSecond(expiresAt), texts(data.path("scopes"))));
    }

    private static Reading<List<String>> named(JsonNode body, String name) {
        return new Reading.Known<>(body.path("data").valueStream()
                .filter(campaign -> KeptName.same(campaign.path("name").asString(""), name))
                .map(campaign -> campaign.path("id").asString(""))
                .toList());
    }

    private static Reading<Integer> counted(JsonNode body, String what) {
        var count = body.path("summary").path("total_count").asInt(-1);
        return count < 0
                ? new Reading.Unclear<>("Facebook did not say how many " + what + " the ad account holds.")
                : new Reading.Known<>(count);
    }

    private static Reading<Usability> listed(@Nullable GraphResult result, @Nullable String id, String what,
            Instant now) {
        if (result == null || id == null) {
            return new Reading.NotAsked<>();
        }
        Predicate<JsonNode> wanted = item -> item.path("id").asString("").equals(id);
        Reading<Usability> reading = Answers.reading(result, now, body -> new Reading.Known<>(body.path("data")
                .valueStream()
                .filter(wanted)
                .findFirst()
                .map(item -> item.path("is_unavailable").asBoolean(false)
                        ? Usability.UNAVAILABLE
                        : Usability.USABLE)
                .orElse(Usability.NOT_LISTED)));
        // A list too long to be read to its end does not tell.
        return reading instanceof Reading.Unreadable<Usability>(var fault) && fault.getKind() == ErrorKind.PERMANENT
                && fault.getCode() == null
                        ? new Reading.Unclear<>("Whether the " + what + " " + id + " may be used is not known: "
                                + fault.getMessage() + ".")
                        : reading;
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(item -> item.asString("")).filter(text -> !text.isEmpty()).toList();
    }
}
