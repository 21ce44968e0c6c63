package io.campaignlauncher.creation.model;

import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.PlannedEntity;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** What must hold of a command before anything is done about it. One that breaks a rule will never become right. */
public final class CommandRules {

    private static final Pattern ACCOUNT = Pattern.compile("act_\\d+");
    private static final Pattern JOB_ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private CommandRules() {}

    /** The first rule that the command breaks, in words; empty where it may be carried out. */
    public static Optional<String> brokenBy(CreateEntities command) {
        if (!JOB_ID.matcher(command.getJobId()).matches()) {
            return Optional.of("the job id is no UUID: " + command.getJobId());
        }
        if (command.getRound() < 1) {
            return Optional.of("rounds count from 1: " + command.getRound());
        }
        if (!ACCOUNT.matcher(command.getAdAccountId()).matches()) {
            return Optional.of("no ad account: " + command.getAdAccountId());
        }
        if (command.getLabel().isBlank()) {
            return Optional.of("the label that marks the campaign is missing");
        }
        if (command.getLeaseMs() != null && command.getLeaseMs() < CreationSettings.LEASE_MIN.toMillis()) {
            return Optional.of("a lease of " + command.getLeaseMs() + " ms is too short to send anything");
        }
        if (command.getRequestTimeoutMs() != null && command.getRequestTimeoutMs() < 1) {
            return Optional.of("a request cannot be answered in " + command.getRequestTimeoutMs() + " ms");
        }
        return entities(command);
    }

    /** The job's id as a UUID. */
    public static UUID jobId(CreateEntities command) {
        return UUID.fromString(command.getJobId());
    }

    private static Optional<String> entities(CreateEntities command) {
        if (command.getCampaign().getSlotNumber() < 1 || command.getCampaign().getName().isBlank()) {
            return Optional.of("the campaign has no slot or no name");
        }
        var adSets = new HashSet<Integer>();
        for (var adSet : command.getAdSets()) {
            if (unnamed(adSet) || !adSets.add(adSet.getSlotNumber())) {
                return Optional
                        .of("ad set slot " + adSet.getSlotNumber() + " is listed twice or has no number or name");
            }
            if (isSpecMissing(adSet, command.getAdSetSpecs().size())) {
                return Optional.of("ad set slot " + adSet.getSlotNumber() + " is made of what is not told");
            }
        }
        var ads = new HashSet<Integer>();
        for (var ad : command.getAds()) {
            if (unnamed(ad) || !ads.add(ad.getSlotNumber())) {
                return Optional.of("ad slot " + ad.getSlotNumber() + " is listed twice or has no number or name");
            }
            if (isSpecMissing(ad, command.getAdSpecs().size())) {
                return Optional.of("ad slot " + ad.getSlotNumber() + " is made of what is not told");
            }
            if (!adSets.contains(ad.getAdSetSlotNumber())) {
                return Optional
                        .of("ad slot " + ad.getSlotNumber() + " belongs to ad set slot " + ad.getAdSetSlotNumber()
                                + ", which is not listed");
            }
        }
        return Optional.empty();
    }

    private static boolean isSpecMissing(PlannedEntity entity, int specs) {
        return entity.getSpec() < 0 || entity.getSpec() > specs;
    }

    private static boolean unnamed(PlannedEntity entity) {
        return entity.getSlotNumber() < 1 || entity.getName().isBlank();
    }
}
