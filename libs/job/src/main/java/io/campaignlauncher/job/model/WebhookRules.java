package io.campaignlauncher.job.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which webhooks a request may name where it comes in. An installation decides that for itself; what was accepted once stays
 * accepted.
 *
 * @param offered        notifications can be signed, so they are sent
 * @param privateAllowed also to addresses within one's own network, and by http
 */
public record WebhookRules(boolean offered, boolean privateAllowed) {

    /** What any installation may allow. */
    static final WebhookRules ANY = new WebhookRules(true, true);

    /** Of a request that names a webhook. */
    public static final String FIELD = "notify.webhook";

    /** What is wrong with a request's webhook; null where nothing is, or where it names none. */
    @Nullable
    Violation violation(@Nullable String webhook) {
        if (webhook == null) {
            return null;
        }
        var mistake = mistake(webhook);
        return mistake == null ? null : new Violation(FIELD, mistake);
    }

    /** What is wrong with an address, to be read after the name of its field; null where nothing is. */
    public @Nullable String mistake(String webhook) {
        return offered ? WebhookAddress.mistake(webhook, privateAllowed)
                : "is not offered here, because notifications could not be signed";
    }

    /** Every rule that the request breaks, those about webhooks as they are here. */
    public List<Violation> violations(LaunchRequest request) {
        return RequestRules.violations(request, this);
    }
}
