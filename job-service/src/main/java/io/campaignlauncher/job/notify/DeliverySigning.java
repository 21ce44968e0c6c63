package io.campaignlauncher.job.notify;

import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.notify.model.Delivery;
import io.campaignlauncher.job.notify.model.Signing;
import io.campaignlauncher.job.notify.model.SigningSecrets;
import io.campaignlauncher.job.webhook.WebhookKey;
import io.campaignlauncher.job.webhook.WebhookSecrets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the secrets for one attempt, as they are then: those of the webhook that the job's owner has registered under its address. The
 * secret for all signs only where nobody is told apart.
 */
final class DeliverySigning {

    private final WebhookSecrets webhooks;
    private final NotifiedJobs jobs;
    private final SigningSecrets forAll;
    private final boolean registeredOnly;

    /** @param registeredOnly whether the secret for all signs nothing, as in mode {@code tokens} */
    DeliverySigning(WebhookSecrets webhooks, NotifiedJobs jobs, SigningSecrets forAll, boolean registeredOnly) {
        this.webhooks = webhooks;
        this.jobs = jobs;
        this.forAll = forAll;
        this.registeredOnly = registeredOnly;
    }

    /** Whether anything can be signed at all. */
    boolean isOffered() {
        return registeredOnly || forAll.present();
    }

    /** Blocks. Fails where the database does not answer. */
    Signing of(Delivery delivery, Instant now) {
        var ownership = ownership(delivery);
        if (ownership == null) {
            return new Signing.NotNow("not sent: whose the job is cannot be read");
        }
        return switch (webhooks.find(ownership, delivery.address(), now)) {
            case WebhookSecrets.Found.NotRegistered _ -> registeredOnly
                    ? new Signing.NoMore("not sent: the webhook is not registered any more")
                    : Signing.With.secretForAll(forAll);
            case WebhookSecrets.Found.Unreadable _ ->
                new Signing.NotNow("not sent: no key of launch.credentials.key opens the webhook's secret");
            case WebhookSecrets.Found.Registered(var webhookId, var keys) -> {
                var own = SigningSecrets.ofBytes(keys.stream().map(WebhookKey::bytes).toList());
                yield new Signing.With(registeredOnly ? own : forAll, own, webhookId);
            }
        };
    }

    private @Nullable Ownership ownership(Delivery delivery) {
        if (delivery.ownership() != null) {
            return delivery.ownership();
        }
        var named = jobs.webhooks(List.of(delivery.jobId())).get(delivery.jobId());
        return named == null ? null : named.ownership();
    }
}
