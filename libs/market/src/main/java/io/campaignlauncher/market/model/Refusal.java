package io.campaignlauncher.market.model;

import io.campaignlauncher.job.model.Violation;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Why a command was refused: how things stand. Nothing has changed, and the same command may be accepted later. */
public sealed interface Refusal {

    /** What is not there, or is somebody else's. */
    enum Subject {
        CAMPAIGN, TARGET, CHANNEL, WALLET, CORRECTION;

        /** For people. */
        public String word() {
            return Words.of(this);
        }
    }

    /** None of the caller's roles may do this. */
    record RoleMissing(Action action) implements Refusal {}

    /** Nobody judges his own campaign. */
    record OwnCampaign() implements Refusal {}

    /** Nobody approves his own correction. */
    record OwnCorrection() implements Refusal {}

    /** There is none, or none in the caller's tenant. */
    record NoSuch(Subject subject) implements Refusal {}

    /** It belongs to somebody else. */
    record NotOwner(Subject subject) implements Refusal {}

    /** What was given breaks rules. */
    record Invalid(List<Violation> violations) implements Refusal {

        public Invalid {
            violations = List.copyOf(violations);
        }

        static Invalid of(String field, String message) {
            return new Invalid(List.of(new Violation(field, message)));
        }
    }

    /** Not in this state. */
    record WrongState(Subject subject, String state) implements Refusal {}

    /** The campaign is not active. */
    record CampaignNotActive(CampaignStatus status) implements Refusal {}

    /** What the moderator saw is not what is there now. */
    record VersionChanged(int version) implements Refusal {}

    /** The wallet has less than is needed. */
    record NotEnoughBalance() implements Refusal {}

    /** The campaign would hold and spend more than its budget. @param left what it may still hold */
    record BudgetExceeded(Money left) implements Refusal {}

    /** A kill switch is off, or cannot be read. */
    record SwitchOff(MarketSwitch name) implements Refusal {}

    /** The bot may not post in the channel. @param lacking what it needs to be allowed */
    record ChannelNotReady(List<String> lacking) implements Refusal {

        public ChannelNotReady {
            lacking = List.copyOf(lacking);
        }
    }

    /** Somebody else offers this chat. */
    record ChannelTaken() implements Refusal {}

    /** Posts may be going out, or may have: nobody knows yet. @param targetIds some of them */
    record PostUnderWay(List<UUID> targetIds) implements Refusal {

        static final int NAMED_MAX = 10;

        public PostUnderWay {
            targetIds = targetIds.stream().limit(NAMED_MAX).toList();
        }
    }

    /** Targets are under review, or wait for their post. */
    record TargetsUnderWay(int targets) implements Refusal {}

    /** The campaign has as many targets as it may have. */
    record TooManyTargets(int max) implements Refusal {}

    /** The posting was started as often as it may be. */
    record TooManyStarts(int max) implements Refusal {}

    /** The id, or the key, stands for something else already. */
    record DifferentRequest() implements Refusal {}

    /** Not before this time. */
    record TooEarly(Instant from) implements Refusal {}

    /** Its time was over then. */
    record TooLate(Instant deadline) implements Refusal {}

    /** The last look has not passed. */
    record NotLookedAt() implements Refusal {}

    /** There is nothing for a person to decide, or somebody has decided otherwise. */
    record NothingToDecide() implements Refusal {}
}
