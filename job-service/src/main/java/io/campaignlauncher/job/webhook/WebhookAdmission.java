package io.campaignlauncher.job.webhook;

import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.model.WebhookRules;
import java.util.List;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Whether a request may name its webhook, beside what {@link WebhookRules} say of the address: where everybody shows who they are, it has
 * to be registered by whose the job becomes.
 */
public final class WebhookAdmission {

    private static final List<Violation> NOT_REGISTERED = List.of(new Violation(WebhookRules.FIELD,
            "is not registered by the owner of the job: register it with POST /v1/webhooks"));

    private final Predicate<LaunchRequest> fine;

    private WebhookAdmission(Predicate<LaunchRequest> fine) {
        this.fine = fine;
    }

    /** Any address, in mode {@code local}. */
    public static WebhookAdmission ofAny() {
        return new WebhookAdmission(_ -> true);
    }

    static WebhookAdmission ofRegistered(WebhookSecrets webhooks) {
        return new WebhookAdmission(request -> request.webhook() == null
                || webhooks.isRegistered(request.ownership(), request.webhook()));
    }

    /** What stands against the request; empty: nothing. Fails where the database does not answer. */
    public Mono<List<Violation>> obstacles(LaunchRequest request) {
        return request.webhook() == null ? Mono.just(List.of())
                : Mono.fromCallable(() -> fine.test(request) ? List.<Violation>of() : NOT_REGISTERED)
                        .subscribeOn(Schedulers.boundedElastic());
    }
}
