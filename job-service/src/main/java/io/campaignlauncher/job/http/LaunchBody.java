package io.campaignlauncher.job.http;

import io.campaignlauncher.access.model.LaunchRules;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.request.LaunchJson;
import io.campaignlauncher.job.request.RequestSize;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.CredentialName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Reads the body of {@code POST /v1/jobs}. Every mistake is found at once. */
final class LaunchBody {

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
        var judged = judged(body, asking, idempotencyKeys, credentials, webhooks);
        found.addAll(judged.all());
        return judged.request();
    }

    /**
     * A body that was read.
     *
     * @param misread what is no field of a launch, or of another type, or a key that is none
     * @param broken  the rules that the request breaks
     */
    record Judged(LaunchRequest request, List<Violation> misread, List<Violation> broken) {

        List<Violation> all() {
            return Stream.concat(misread.stream(), broken.stream()).toList();
        }
    }

    /** @throws Problem 403 where who asks may not launch for the user */
    static Judged judged(ObjectNode body, Principal asking, List<String> idempotencyKeys, AccessTokens credentials,
            WebhookRules webhooks) {
        var found = new ArrayList<Violation>();
        var key = IdempotencyKey.of(idempotencyKeys, found);
        var request = LaunchJson.read(body, key, found)
                .ownedBy(new Ownership(asking.tenant(), asking.subject()));
        int misread = found.size();
        if (!request.userId().isBlank() && !LaunchRules.mayLaunchFor(asking, request.userId())) {
            throw Problem.forbidden("userId", "must be your own id: you may launch for nobody else");
        }
        LaunchJson.note(found, webhooks.violations(request).stream()
                .map(one -> one.field().equals("idempotencyKey") ? new Violation(IdempotencyKey.HEADER, one.message())
                        : one)
                .toList());
        RequestSize.writtenOut(request).ifPresent(found::add);
        if (found.stream().noneMatch(violation -> violation.field().equals("credentialId"))) {
            var obstacles = new ArrayList<Violation>();
            CredentialToken.of(new CredentialName(asking.tenant(), request.credentialId()), request.adAccountId(),
                    credentials, obstacles);
            LaunchJson.note(found, obstacles);
        }
        return new Judged(request, List.copyOf(found.subList(0, misread)),
                List.copyOf(found.subList(misread, found.size())));
    }
}
