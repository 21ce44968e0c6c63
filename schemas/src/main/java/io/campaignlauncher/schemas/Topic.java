package io.campaignlauncher.schemas;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Every topic: its name, what its key is, how many partitions it is made with, its settings, and its messages. */
public enum Topic {

    CAMPAIGN_COMMANDS("campaign.commands", Key.JOB_ID, 6, Settings.KEPT_30_DAYS, List.of(CreateCampaign.class)),
    JOB_EVENTS("job.events", Key.JOB_ID, 6, Settings.KEPT_FOR_EVER, List.of(JobAccepted.class,
            PreVerificationRequested.class, PreVerificationCompleted.class, CreationRequested.class, SlotsCreated.class,
            SlotsFailed.class, CreationRoundEnded.class, RetryScheduled.class, RateLimitReached.class,
            LookScheduled.class, LaunchScheduled.class, VerificationRequested.class, VerificationCompleted.class,
            SlotsReopened.class,
            RollbackProposed.class, RollbackDeclined.class, RollbackStarted.class,
            LaunchRescheduled.class, JobCancelled.class, DeletionRequested.class,
            EntitiesSnapshotted.class, EntitiesDeleted.class, DeletionPassEnded.class, JobCompleted.class,
            JobFailed.class, JobRolledBack.class)),
    CREATION_COMMANDS("creation.commands", Key.AD_ACCOUNT_ID, 6, Settings.KEPT_30_DAYS,
            List.of(CreateEntities.class, CreateVariedEntities.class)),
    CREATION_STOPS("creation.stops", Key.JOB_ID, 1, Settings.KEPT_30_DAYS, List.of(StopCreation.class)),
    CREATION_EVENTS("creation.events", Key.JOB_ID, 6, Settings.KEPT_30_DAYS, List.of(CreationReported.class)),
    VERIFICATION_EVENTS("verification.events", Key.JOB_ID, 6, Settings.KEPT_30_DAYS,
            List.of(PreVerificationReported.class, PostVerificationReported.class)),
    ROLLBACK_EVENTS("rollback.events", Key.JOB_ID, 6, Settings.KEPT_30_DAYS,
            List.of(SnapshotReported.class, DeletionReported.class)),
    GRAPH_CALLS("graph.calls", Key.JOB_ID, 6, Settings.KEPT_A_DAY, List.of(GraphCallNoted.class)),
    CREDENTIALS("credentials", Key.CREDENTIAL_ID, 1, Settings.LATEST_OF_EACH_KEY, List.of(CredentialStored.class)),
    KILL_SWITCHES("kill-switches", Key.KILL_SWITCH, 1, Settings.LATEST_OF_EACH_KEY, List.of(KillSwitchTurned.class)),
    FEATURE_LEVELS("feature-levels", Key.INSTANCE_ID, 1, Settings.LATEST_OF_EACH_KEY,
            List.of(FeatureLevelAnnounced.class)),
    ACCESS("access", Key.ACCESS, 1, Settings.LATEST_OF_EACH_KEY,
            List.of(UserTokensEnded.class, SessionEnded.class, ApiKeyStored.class)),
    /** One partition: its order is the order in which an export chains what was done. */
    AUDIT("audit", Key.TENANT, 1, Settings.KEPT_FOR_EVER, List.of(AuditEntry.class)),
    MARKET_EVENTS("market.events", Key.CAMPAIGN_ID, 6, Settings.KEPT_FOR_EVER, List.of(CampaignDrafted.class,
            CampaignActivated.class, CampaignPaused.class, CampaignResumed.class, CampaignCancelled.class,
            CampaignCompleted.class, TargetDrafted.class, TargetEdited.class, TargetSubmitted.class,
            TargetApproved.class, TargetRejected.class, EscrowHeld.class, EscrowReleased.class, EscrowRefunded.class,
            PostQueued.class, PostingStarted.class, PostOutcomeUnknown.class, PostNotMade.class, PostPublished.class,
            LastLookPassed.class, PostMissing.class, PostFailed.class, SurplusPostFound.class,
            SurplusPostSuspected.class, UnknownPostDecided.class, ChannelOffered.class, ChannelPriced.class,
            ChannelRefreshed.class,
            WalletOpened.class, MoneyMoved.class, CorrectionProposed.class, CorrectionApproved.class)),
    POSTING_COMMANDS("posting.commands", Key.TARGET_ID, 6, Settings.KEPT_30_DAYS,
            List.of(PublishPost.class, ResolvePost.class)),
    POSTING_EVENTS("posting.events", Key.TARGET_ID, 6, Settings.KEPT_30_DAYS, List.of(PostReported.class));

    /** What a record's key stands for: records of one key keep their order. */
    public enum Key {
        JOB_ID, AD_ACCOUNT_ID, CREDENTIAL_ID, KILL_SWITCH, INSTANCE_ID, ACCESS, TENANT,
        /** What is of no campaign has the id of what it is about instead: a channel, a wallet, a correction. */
        CAMPAIGN_ID,
        TARGET_ID
    }

    /** Said of each topic, because a broker's default may be hours, and work may wait as long as a kill switch is off. */
    private static final class Settings {

        static final Map<String, String> KEPT_A_DAY = Map.of("retention.ms",
                Long.toString(Duration.ofDays(1).toMillis()));
        static final Map<String, String> KEPT_30_DAYS = Map.of("retention.ms",
                Long.toString(Duration.ofDays(30).toMillis()));
        static final Map<String, String> KEPT_FOR_EVER = Map.of("retention.ms", "-1");
        static final Map<String, String> LATEST_OF_EACH_KEY = Map.of("cleanup.policy", "compact");
    }

    /** The largest record that anybody has to publish, with its key and headers: what a Kafka client allows by default. */
    public static final int RECORD_BYTES_MAX = 1024 * 1024;

    /** The largest record of a {@code .dlt}: the largest that there is, and the headers that say why it is there. */
    public static final int LETTER_BYTES_MAX = RECORD_BYTES_MAX + 64 * 1024;

    private static final String DEAD_LETTER_SUFFIX = ".dlt";

    private final String topicName;
    private final Key key;
    private final int partitions;
    private final Map<String, String> settings;
    private final List<Class<? extends SpecificRecord>> messages;

    Topic(String topicName, Key key, int partitions, Map<String, String> settings,
            List<Class<? extends SpecificRecord>> messages) {
        this.topicName = topicName;
        this.key = key;
        this.partitions = partitions;
        this.settings = settings;
        this.messages = messages;
    }

    public String topicName() {
        return topicName;
    }

    public Key key() {
        return key;
    }

    /** Partitions that the topic is made with; a cluster's operator may add some. */
    public int partitions() {
        return partitions;
    }

    /** Kafka topic settings, by their Kafka names. */
    public Map<String, String> settings() {
        return settings;
    }

    /** Every kind of message that travels on the topic. */
    public List<Class<? extends SpecificRecord>> messages() {
        return messages;
    }

    /** Where records of this topic go that could not be read or broke a rule. */
    public String deadLetterName() {
        return deadLetterName(topicName);
    }

    public static String deadLetterName(String topicName) {
        return topicName + DEAD_LETTER_SUFFIX;
    }

    /** @throws IllegalArgumentException for a name that is not in this catalogue */
    public static Topic named(String topicName) {
        return Arrays.stream(values())
                .filter(topic -> topic.topicName.equals(topicName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no topic is called " + topicName));
    }
}
