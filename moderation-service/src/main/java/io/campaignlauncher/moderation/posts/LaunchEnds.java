package io.campaignlauncher.moderation.posts;

import io.campaignlauncher.market.messages.PostReportMessages;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.schemas.JobCompleted;
import io.campaignlauncher.schemas.JobFailed;
import io.campaignlauncher.schemas.JobRolledBack;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/** What the end of a launch's job says to the marketplace. Before its end it says nothing: what becomes of the launch is open. */
final class LaunchEnds {

    static final Set<String> TYPES = Set.of(JobCompleted.getClassSchema().getName(),
            JobFailed.getClassSchema().getName(), JobRolledBack.getClassSchema().getName());

    /** A launch is started once. */
    private static final int ATTEMPT = 1;
    private static final String LINK = "https://adsmanager.facebook.com/adsmanager/manage/campaigns?act=%d&selected_campaign_ids=%d";

    private LaunchEnds() {}

    /**
     * One after the other.
     *
     * @param adAccountId where the target was launched, {@code act_} and digits
     * @param at          when the job ended
     */
    static List<MarketCommand> commands(UUID targetId, String adAccountId, SpecificRecord end, Instant at) {
        return switch (end) {
            case JobCompleted completed -> completed(targetId, adAccountId, completed, at);
            case JobRolledBack rolledBack ->
                List.of(new MarketCommand.ReportRolledBack(targetId, PostReportMessages.text(rolledBack.getReason())));
            case JobFailed failed -> List.of(failed(targetId, failed));
            default -> List.of();
        };
    }

    /** The job's own last verification is the last look: it has shown exactly what was asked for. */
    private static List<MarketCommand> completed(UUID targetId, String adAccountId, JobCompleted completed,
            Instant at) {
        try {
            long account = Long.parseLong(adAccountId.substring("act_".length()));
            long campaign = Long.parseLong(completed.getFacebookCampaignId());
            return List.of(
                    new MarketCommand.ReportPosted(targetId, ATTEMPT,
                            new Message(account, campaign, LINK.formatted(account, campaign))),
                    new MarketCommand.ReportLastLook(targetId, at, true));
        } catch (NumberFormatException e) {
            return List.of(new MarketCommand.ReportUnknown(targetId, ATTEMPT,
                    "its job has completed, and the campaign has no number"));
        }
    }

    private static MarketCommand failed(UUID targetId, JobFailed failed) {
        var reasons = String.join("; ", failed.getReasons());
        return failed.getNothingCreated()
                ? new MarketCommand.ReportFailed(targetId, ATTEMPT, PostReportMessages.text(reasons))
                : new MarketCommand.ReportUnknown(targetId, ATTEMPT, "something of it may exist: " + reasons);
    }
}
