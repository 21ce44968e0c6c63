package io.campaignlauncher.creation;

import io.campaignlauncher.creation.model.CreationCommand;
import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CampaignSpec;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.PlannedEntity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Commands for tests. */
public final class Commands {

    public static final String ACCOUNT = "act_1001";
    public static final String LABEL = "job-label";

    private Commands() {}

    public static String jobId(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** A campaign, so many ad sets, and in each of them so many ads; nothing exists yet. */
    public static CreateEntities.Builder launch(String job, int adSets, int adsInEach) {
        var adSetSlots = new ArrayList<PlannedEntity>();
        var adSlots = new ArrayList<PlannedEntity>();
        for (var adSet = 1; adSet <= adSets; adSet++) {
            adSetSlots.add(adSet(adSet, null));
            for (var ad = 1; ad <= adsInEach; ad++) {
                adSlots.add(ad((adSet - 1) * adsInEach + ad, adSet));
            }
        }
        return CreateEntities.newBuilder()
                .setJobId(jobId(job))
                .setRound(1)
                .setAdAccountId(ACCOUNT)
                .setCredentialId("default")
                .setPriority(5)
                .setLabel(LABEL)
                .setCampaign(new PlannedEntity(1, 0, "Summer", null, 0))
                .setAdSets(adSetSlots)
                .setAds(adSlots)
                .setCampaignSpec(new CampaignSpec("Summer", "OUTCOME_SALES", List.of(), Map.of()))
                .setAdSetSpec(new AdSetSpec(2000L, "IMPRESSIONS", "LINK_CLICKS",
                        "{\"geo_locations\":{\"countries\":[\"US\"]}}", Map.of()))
                .setAdSpec(new AdSpec("{\"object_story_spec\":{\"page_id\":\"1000000001\"}}", Map.of()));
    }

    public static PlannedEntity adSet(int slot, @Nullable String facebookId) {
        return new PlannedEntity(slot, 0, "Summer / ad set " + slot, facebookId, 0);
    }

    public static PlannedEntity ad(int slot, int adSetSlot) {
        return new PlannedEntity(slot, adSetSlot, "Summer / ad " + slot, null, 0);
    }

    public static PlannedEntity campaign(@Nullable String facebookId) {
        return new PlannedEntity(1, 0, "Summer", facebookId, 0);
    }

    public static CreationCommand command(CreateEntities.Builder message) {
        return command(message.build());
    }

    public static CreationCommand command(CreateEntities message) {
        return new CreationCommand(message, envelope(message));
    }

    public static Envelope envelope(CreateEntities message) {
        return Envelope.of("command-" + message.getJobId() + "-" + message.getRound(), "CreateEntities", "/job-service",
                message.getJobId(), Instant.EPOCH);
    }

    public static CreateEntities with(CreateEntities message, UnaryOperator<CreateEntities.Builder> change) {
        return change.apply(CreateEntities.newBuilder(message)).build();
    }
}
