package io.campaignlauncher.job.preview;

import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.schemas.Check;
import io.campaignlauncher.schemas.CheckOutcome;
import java.util.List;

/** Which field of a request each check of its account is about. */
final class CheckedFields {

    private final LaunchRequest request;

    CheckedFields(LaunchRequest request) {
        this.request = request;
    }

    /** The checks that came out so, each as what it says of its field. */
    List<Violation> of(List<Check> checks, CheckOutcome outcome) {
        return checks.stream().filter(check -> check.getOutcome() == outcome)
                .map(check -> new Violation(field(check.getName()), check.getDetail())).toList();
    }

    private String field(String check) {
        return switch (check) {
            case "token_valid" -> "credentialId";
            case "campaign_name_free" -> "campaign.name";
            case "ad_set_room" -> request.strategy() == Strategy.AS_LISTED ? "adSets" : "adSetCount";
            case "ad_room" -> request.strategy() == Strategy.AS_LISTED ? "adSets"
                    : request.strategy() == Strategy.FOR_ADS ? "adCount" : "adSetCount";
            case "page_usable" -> "pageId";
            case "pixel_usable" -> "pixelId";
            case "images_present", "videos_ready" ->
                request.strategy() == Strategy.AS_LISTED ? "adSets" : "ad.creative";
            default -> "adAccountId";
        };
    }
}
