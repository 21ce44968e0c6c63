package io.campaignlauncher.market.messages;

import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.RequestRules;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.request.LaunchJson;
import io.campaignlauncher.job.request.RequestSize;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.job.request.RequestJson;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.FacebookLaunch;
import io.campaignlauncher.schemas.PostingStarted;
import io.campaignlauncher.schemas.TargetKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Launches of targets as requests for the job-service. What an advertiser says of one is the body of {@code POST /v1/jobs} without what the
 * target says itself: whose it is, and in which ad account.
 */
public final class LaunchCommands {

    private static final String USER = "userId";
    private static final String AD_ACCOUNT = "adAccountId";
    /** A target has one time, on which its deadline rests. */
    private static final String START = "startAt";
    private static final List<String> SAID_BY_TARGET = List.of(USER, AD_ACCOUNT, START);

    private LaunchCommands() {}

    /**
     * Every rule of launches that the launch of a target breaks, by the path of the field within the launch; the ad account by the name
     * that the target has for it.
     */
    public static List<Violation> violations(UUID targetId, Ownership advertiser, String adAccountId,
            ObjectNode launch) {
        var found = new ArrayList<Violation>();
        SAID_BY_TARGET.stream().filter(launch::has)
                .forEach(name -> found.add(new Violation("launch." + name, "is said by the target")));
        var mistakes = new ArrayList<Violation>();
        var request = request(targetId, advertiser, adAccountId, launch, mistakes);
        LaunchJson.note(mistakes, RequestRules.violations(request));
        if (mistakes.isEmpty()) {
            RequestSize.violation(request).ifPresent(mistakes::add);
        }
        mistakes.stream().map(one -> one.field().equals(AD_ACCOUNT) ? one
                : new Violation("launch." + one.field(), one.message())).forEach(found::add);
        return found;
    }

    /**
     * What the job-service is asked for; null where the post is none on Facebook.
     *
     * @throws RuntimeException where the event breaks its form
     */
    public static @Nullable CreateCampaign command(PostingStarted started) {
        var launch = started.getPlace().getFacebook();
        var advertiserId = started.getAdvertiserId();
        return launch == null || advertiserId == null ? null
                : command(Values.uuid(started.getTargetId()),
                        new Ownership(started.getBy().getTenant(), advertiserId), launch);
    }

    private static CreateCampaign command(UUID targetId, Ownership advertiser, FacebookLaunch launch) {
        var body = (ObjectNode) RequestJson.read(launch.getRequest().getBytes(StandardCharsets.UTF_8));
        // It was looked at before it was stored; where the rules have changed since, its job says so.
        return LaunchRequests.toAvro(
                request(targetId, advertiser, launch.getAdAccountId(), body, new ArrayList<>()));
    }

    private static LaunchRequest request(UUID targetId, Ownership advertiser, String adAccountId, ObjectNode launch,
            List<Violation> found) {
        var body = launch.deepCopy().put(USER, advertiser.owner()).put(AD_ACCOUNT, adAccountId);
        return LaunchJson.read(body, TargetKeys.of(targetId), found).ownedBy(advertiser);
    }
}
