package io.campaignlauncher.console.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the audits note, as they have it, with words for people, in the order of a form. */
final class AuditWords {

    static final Map<String, String> LAUNCHES = words(
            "job.cancel", "Stopped a launch",
            "rollback.decide", "Decided whether a launch is taken back",
            "job.reschedule", "Moved the start of a launch",
            "job.preview", "Looked at what a launch would make",
            "kill-switch.turn", "Turned a kill switch",
            "dead-letters.redrive", "Had dead letters handled once more",
            "credential.store", "Stored an access token",
            "credential.delete", "Removed an access token",
            "media.upload", "Uploaded an image or a video",
            "webhook.register", "Registered a webhook",
            "webhook.rotate", "Changed the secret of a webhook",
            "webhook.delete", "Removed a webhook",
            "access", "Was refused");
    static final Map<String, String> PEOPLE = words(
            "log-in", "Logged in",
            "log-out", "Logged out",
            "log-out-all", "Ended all sessions",
            "refresh", "Went on with a session",
            "refresh_reuse_detected", "A used token came again, and ended its session",
            "register", "Registered",
            "password.change", "Changed a password",
            "invite", "Invited somebody",
            "user.make", "Made a user",
            "user.change", "Changed a user",
            "key.make", "Made an API key",
            "key.revoke", "Ended an API key",
            "access", "Was refused");
    static final Map<String, String> MARKET = words(
            "campaign_drafted", "Set up a campaign",
            "campaign_activated", "Activated a campaign",
            "campaign_paused", "Paused a campaign",
            "campaign_resumed", "Resumed a campaign",
            "campaign_cancelled", "Cancelled a campaign",
            "campaign_completed", "Completed a campaign",
            "target_drafted", "Drafted a placement",
            "target_edited", "Changed a placement",
            "target_submitted", "Handed a placement in",
            "moderation_approved", "Approved a placement",
            "moderation_rejected", "Rejected a placement",
            "escrow_held", "Held the money of a placement",
            "escrow_released", "Paid the money of a placement out",
            "escrow_refunded", "Gave the money of a placement back",
            "post_queued", "Put a post into the queue",
            "post_started", "Began to post",
            "post_outcome_unknown", "Could not tell whether it posted",
            "post_not_made", "Did not post",
            "post_published", "Posted",
            "post_last_look_passed", "Looked at a post for the last time",
            "post_missing", "Missed a post at the last look",
            "post_failed", "Gave a post up",
            "surplus_post_found", "Found a post too many",
            "surplus_post_suspected", "Suspected a post too many",
            "unknown_post_decided", "Said what became of a post",
            "channel_offered", "Offered a channel",
            "channel_priced", "Changed the price of a channel",
            "channel_refreshed", "Looked at a channel again",
            "correction_proposed", "Proposed a correction",
            "correction_approved", "Approved a correction",
            "wallet_opened", "Opened a wallet",
            "money_moved", "Moved money");

    private AuditWords() {}

    /** @param pairs of what an audit has and the words for it */
    private static Map<String, String> words(String... pairs) {
        var words = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            words.put(pairs[i], pairs[i + 1]);
        }
        return Collections.unmodifiableMap(words);
    }
}
