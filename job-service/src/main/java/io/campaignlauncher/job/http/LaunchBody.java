package io.campaignlauncher.job.http;

import io.campaignlauncher.access.model.LaunchRules;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.job.model.AdSetSpec;
import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.CampaignSpec;
import io.campaignlauncher.job.model.CredentialRules;
import io.campaignlauncher.job.model.DuplicateName;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.TokensUnreadable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads the body of {@code POST /v1/jobs}. Every mistake is found at once. */
final class LaunchBody {

    private static final int PRIORITY = 5;

    private LaunchBody() {}

    /**
     * @param asking          who asks, and owns what comes of it
     * @param idempotencyKeys the values of the header
     * @return the request in canonical form
     * @throws Problem 400, naming every field with a mistake; 403 where who asks may not launch for the user
     */
    static LaunchRequest request(ObjectNode body, Principal asking, List<String> idempotencyKeys,
            AccessTokens credentials, WebhookRules webhooks) {
        var found = new ArrayList<Violation>();
        var request = request(body, asking, idempotencyKeys, credentials, webhooks, found);
        if (!found.isEmpty()) {
            throw Problem.badRequest(found);
        }
        return request;
    }

    /** The same for a caller with more to say. @param found where mistakes are noted */
    static LaunchRequest request(ObjectNode body, Principal asking, List<String> idempotencyKeys,
            AccessTokens credentials, WebhookRules webhooks, List<Violation> found) {
        var key = IdempotencyKey.of(idempotencyKeys, found);
        var request = LaunchRequests.canonical(request(new Fields(body, found), key))
                .ownedBy(new Ownership(asking.tenant(), asking.subject()));
        if (!request.userId().isBlank() && !LaunchRules.mayLaunchFor(asking, request.userId())) {
            throw Problem.forbidden("userId", "must be your own id: you may launch for nobody else");
        }
        var complainedOf = new HashSet<String>();
        found.forEach(violation -> complainedOf.add(violation.field()));
        for (var violation : webhooks.violations(request)) {
            var field = violation.field().equals("idempotencyKey") ? IdempotencyKey.HEADER : violation.field();
            if (!complainedOf.contains(field)) {
                found.add(new Violation(field, violation.message()));
            }
        }
        if (found.stream().noneMatch(violation -> violation.field().equals("credentialId"))) {
            credentialObstacle(new CredentialName(asking.tenant(), request.credentialId()), request.adAccountId(),
                    credentials).filter(
                            obstacle -> found.stream().noneMatch(
                                    violation -> violation.field().equals(obstacle.field())))
                    .ifPresent(found::add);
        }
        return request;
    }

    /** The operator is told why; the caller may send the request again. */
    private static Optional<Violation> credentialObstacle(CredentialName name, String adAccountId,
            AccessTokens credentials) {
        try {
            if (credentials.accessToken(name).isEmpty()) {
                return Optional.of(new Violation("credentialId", "no credential is stored under this id"));
            }
            return credentials.accessToken(name, adAccountId).isPresent() ? Optional.empty()
                    : Optional.of(CredentialRules.NOT_FOR_AD_ACCOUNT);
        } catch (TokensUnreadable e) {
            throw Problem.unavailable("Credentials cannot be read just now; send the request again.");
        }
    }

    private static LaunchRequest request(Fields fields, String key) {
        var campaign = campaign(fields.within("campaign"));
        var adSet = adSet(fields.within("adSet"));
        var ad = ad(fields.within("ad"));
        var notify = fields.within("notify");
        var webhook = notify.text("webhook");
        notify.nothingElse();
        var request = new LaunchRequest(key, fields.textOrEmpty("userId"), fields.textOrEmpty("adAccountId"),
                fields.textOrEmpty("credentialId"), fields.constant("strategy", Strategy.class),
                fields.integer("adSetCount"), fields.integer("adCount"), fields.text("pageId"), fields.text("pixelId"),
                campaign, adSet, ad, fields.integer("retryBudget"),
                fields.constant("rollbackPolicy", RollbackPolicy.class),
                fields.constant("duplicateName", DuplicateName.class),
                webhook, orElse(fields.integer("priority"), PRIORITY));
        fields.nothingElse();
        return request;
    }

    private static CampaignSpec campaign(Fields fields) {
        var spec = new CampaignSpec(fields.textOrEmpty("name"), fields.textOrEmpty("objective"),
                fields.texts("specialAdCategories"), fields.graphFields("graphFields"));
        fields.nothingElse();
        return spec;
    }

    private static AdSetSpec adSet(Fields fields) {
        var spec = new AdSetSpec(fields.longInteger("dailyBudget"), fields.textOrEmpty("billingEvent"),
                fields.textOrEmpty("optimizationGoal"), fields.json("targeting"), fields.graphFields("graphFields"));
        fields.nothingElse();
        return spec;
    }

    private static AdSpec ad(Fields fields) {
        var spec = new AdSpec(fields.json("creative"), fields.graphFields("graphFields"));
        fields.nothingElse();
        return spec;
    }

    private static int orElse(@Nullable Integer value, int fallback) {
        return value == null ? fallback : value;
    }
}
