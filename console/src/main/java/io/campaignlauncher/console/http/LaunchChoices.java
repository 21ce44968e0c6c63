package io.campaignlauncher.console.http;

import io.campaignlauncher.console.model.Choices;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Asks for what the forms of a launch offer. */
final class LaunchChoices {

    private static final String ASKED_MAX = "200";

    private final Asked jobs;

    LaunchChoices(Asked jobs) {
        this.jobs = jobs;
    }

    /** One after the other: a refusal of one would break off the others, and with them connections that others use. */
    Mono<Choices> of(String account) {
        var media = new HashMap<>(Map.of("limit", ASKED_MAX));
        if (account.matches("act_\\d{1,20}")) {
            media.put("adAccountId", account);
        }
        return jobs.get("/v1/credentials", Map.of("limit", ASKED_MAX))
                .flatMap(credentials -> jobs.get("/v1/jobs", Map.of("limit", ASKED_MAX))
                        .flatMap(all -> jobs.get("/v1/media", media)
                                .map(images -> Choices.of(credentials, all, images))));
    }
}
