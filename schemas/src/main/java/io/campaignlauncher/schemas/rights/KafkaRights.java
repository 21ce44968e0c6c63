package io.campaignlauncher.schemas.rights;

import static io.campaignlauncher.schemas.Topic.ACCESS;
import static io.campaignlauncher.schemas.Topic.AUDIT;
import static io.campaignlauncher.schemas.Topic.CAMPAIGN_COMMANDS;
import static io.campaignlauncher.schemas.Topic.CREATION_COMMANDS;
import static io.campaignlauncher.schemas.Topic.CREATION_EVENTS;
import static io.campaignlauncher.schemas.Topic.CREATION_STOPS;
import static io.campaignlauncher.schemas.Topic.CREDENTIALS;
import static io.campaignlauncher.schemas.Topic.FEATURE_LEVELS;
import static io.campaignlauncher.schemas.Topic.GRAPH_CALLS;
import static io.campaignlauncher.schemas.Topic.JOB_EVENTS;
import static io.campaignlauncher.schemas.Topic.KILL_SWITCHES;
import static io.campaignlauncher.schemas.Topic.MARKET_EVENTS;
import static io.campaignlauncher.schemas.Topic.POSTING_COMMANDS;
import static io.campaignlauncher.schemas.Topic.POSTING_EVENTS;
import static io.campaignlauncher.schemas.Topic.ROLLBACK_EVENTS;
import static io.campaignlauncher.schemas.Topic.VERIFICATION_EVENTS;
import static io.campaignlauncher.schemas.rights.KafkaUser.ANALYTICS;
import static io.campaignlauncher.schemas.rights.KafkaUser.APP;
import static io.campaignlauncher.schemas.rights.KafkaUser.CREATOR_SERVICE;
import static io.campaignlauncher.schemas.rights.KafkaUser.IDENTITY_SERVICE;
import static io.campaignlauncher.schemas.rights.KafkaUser.JOB_SERVICE;
import static io.campaignlauncher.schemas.rights.KafkaUser.MODERATION_SERVICE;
import static io.campaignlauncher.schemas.rights.KafkaUser.POSTING_SERVICE;
import static io.campaignlauncher.schemas.rights.KafkaUser.ROLLBACK_SERVICE;
import static io.campaignlauncher.schemas.rights.KafkaUser.TOOLS;
import static io.campaignlauncher.schemas.rights.KafkaUser.VERIFIER_SERVICE;
import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.campaignlauncher.schemas.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourceType;

/** Who may do what on Kafka: whatever no row allows is refused. What a cluster is told is derived from this table. */
public final class KafkaRights {

    /** Every topic of the catalogue and its dead letters. */
    public static final List<String> EVERY_TOPIC = Arrays.stream(Topic.values())
            .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetterName())).toList();

    /** Groups and topics of an upstream app's own have names that begin with it. */
    public static final String OF_APPS = "app-";

    /** Topics whose dead letters are published again: on the others nothing is given up. */
    public static final List<Topic> REDRIVEN = List.of(CAMPAIGN_COMMANDS, JOB_EVENTS, CREATION_COMMANDS, CREATION_STOPS,
            CREATION_EVENTS, VERIFICATION_EVENTS, ROLLBACK_EVENTS, GRAPH_CALLS, MARKET_EVENTS, POSTING_COMMANDS,
            POSTING_EVENTS);

    private static final String SHARE_GROUP_STATE = org.apache.kafka.common.internals.Topic.SHARE_GROUP_STATE_TOPIC_NAME;
    private static final List<String> EVERY_DEAD_LETTER = Arrays.stream(Topic.values()).map(Topic::deadLetterName)
            .toList();

    private static final String MAKES_TOPICS = "whoever starts first makes the topics that are missing";
    private static final String GROUP = "reads as a member of it";
    private static final String FACTS = "reports what it did";
    private static final String CALLS = "notes its requests to Facebook";
    private static final String NOTES = "tells who did what there";
    private static final String LETTERS = "gives up what it cannot read or handle";
    private static final String SHARED = "who is let in, the access tokens, and what is switched off";

    private static final String LEVELS = "says what it reads, and sees what the others do";

    private static final List<KafkaRight> ALL = List.of(
            topics(JOB_SERVICE, EVERY_TOPIC, MAKES_TOPICS + ", and this one sees that they keep what is needed", CREATE,
                    DESCRIBE, DESCRIBE_CONFIGS),
            topics(JOB_SERVICE, names(CAMPAIGN_COMMANDS, CREATION_EVENTS, VERIFICATION_EVENTS, ROLLBACK_EVENTS),
                    "decides on requests and on reports", READ),
            topics(JOB_SERVICE, names(CAMPAIGN_COMMANDS), "a request over HTTP that has to wait waits there", WRITE),
            topics(JOB_SERVICE, names(JOB_EVENTS), "the tables and the webhooks follow it", READ),
            topics(JOB_SERVICE, names(GRAPH_CALLS),
                    "shows the requests to Facebook, notes those of its looks, redrives dead letters", READ, WRITE),
            topics(JOB_SERVICE, names(JOB_EVENTS, CREATION_COMMANDS, CREATION_STOPS),
                    "the change feed publishes events and commands", WRITE),
            topics(JOB_SERVICE, names(CREDENTIALS, KILL_SWITCHES), "stores access tokens, turns kill switches", READ,
                    WRITE),
            topics(JOB_SERVICE, names(ACCESS), "who is let in", READ),
            topics(JOB_SERVICE, names(AUDIT), NOTES, WRITE),
            topics(JOB_SERVICE, names(FEATURE_LEVELS), LEVELS, READ, WRITE),
            topics(JOB_SERVICE, letters(CAMPAIGN_COMMANDS, CREATION_EVENTS, VERIFICATION_EVENTS, ROLLBACK_EVENTS,
                    JOB_EVENTS, CREATION_COMMANDS, CREATION_STOPS, GRAPH_CALLS),
                    LETTERS + ", and what Kafka refuses of the change feed", WRITE),
            topics(JOB_SERVICE, REDRIVEN.stream().map(Topic::deadLetterName).toList(),
                    "shows admins the dead letters of all services", READ),
            topics(JOB_SERVICE, letters(MARKET_EVENTS, POSTING_COMMANDS, POSTING_EVENTS),
                    "notes which of them it redrove", WRITE),
            topics(JOB_SERVICE, names(CREATION_EVENTS, VERIFICATION_EVENTS, ROLLBACK_EVENTS, MARKET_EVENTS,
                    POSTING_COMMANDS, POSTING_EVENTS), "redrives dead letters", WRITE),
            redrives(JOB_SERVICE),
            groups(JOB_SERVICE, List.of("job-service-requests", "job-service-reports", "webhooks", "read-model",
                    "job-service-graph-calls"), GROUP, READ),

            topics(CREATOR_SERVICE, EVERY_TOPIC, MAKES_TOPICS, CREATE, DESCRIBE),
            topics(CREATOR_SERVICE, names(CREATION_COMMANDS), "carries them out", READ),
            topics(CREATOR_SERVICE, names(CREATION_STOPS), "hears of jobs that were cancelled", READ),
            topics(CREATOR_SERVICE, names(CREATION_EVENTS), FACTS, WRITE),
            topics(CREATOR_SERVICE, names(GRAPH_CALLS), CALLS, WRITE),
            topics(CREATOR_SERVICE, letters(CREATION_COMMANDS), LETTERS, WRITE),
            topics(CREATOR_SERVICE, names(ACCESS, CREDENTIALS, KILL_SWITCHES), SHARED, READ),
            topics(CREATOR_SERVICE, names(FEATURE_LEVELS), LEVELS, READ, WRITE),
            groups(CREATOR_SERVICE, List.of("creator-service"),
                    "a share group: reads as a member, says where it begins",
                    READ, ALTER_CONFIGS),
            topics(CREATOR_SERVICE, List.of(SHARE_GROUP_STATE), "sees whether a share group can work here", DESCRIBE,
                    DESCRIBE_CONFIGS),
            new KafkaRight(CREATOR_SERVICE, ResourceType.CLUSTER, List.of(Resource.CLUSTER_NAME), PatternType.LITERAL,
                    Set.of(DESCRIBE_CONFIGS), "as above, before that topic is there"),

            topics(VERIFIER_SERVICE, EVERY_TOPIC, MAKES_TOPICS, CREATE, DESCRIBE),
            topics(VERIFIER_SERVICE, names(JOB_EVENTS), "sees what is to be verified", READ),
            topics(VERIFIER_SERVICE, names(VERIFICATION_EVENTS), FACTS, WRITE),
            topics(VERIFIER_SERVICE, names(GRAPH_CALLS), CALLS, WRITE),
            topics(VERIFIER_SERVICE, letters(JOB_EVENTS), LETTERS, WRITE),
            topics(VERIFIER_SERVICE, names(ACCESS, CREDENTIALS, KILL_SWITCHES), SHARED, READ),
            topics(VERIFIER_SERVICE, names(FEATURE_LEVELS), LEVELS, READ, WRITE),
            groups(VERIFIER_SERVICE, List.of("verifier-service"), GROUP, READ),

            topics(ROLLBACK_SERVICE, EVERY_TOPIC, MAKES_TOPICS, CREATE, DESCRIBE),
            topics(ROLLBACK_SERVICE, names(JOB_EVENTS), "sees what is to be deleted", READ),
            topics(ROLLBACK_SERVICE, names(ROLLBACK_EVENTS), FACTS, WRITE),
            topics(ROLLBACK_SERVICE, names(GRAPH_CALLS), CALLS, WRITE),
            topics(ROLLBACK_SERVICE, letters(JOB_EVENTS), LETTERS, WRITE),
            topics(ROLLBACK_SERVICE, names(ACCESS, CREDENTIALS, KILL_SWITCHES), SHARED, READ),
            topics(ROLLBACK_SERVICE, names(FEATURE_LEVELS), LEVELS, READ, WRITE),
            groups(ROLLBACK_SERVICE, List.of("rollback-service"), GROUP, READ),

            topics(IDENTITY_SERVICE, EVERY_TOPIC, MAKES_TOPICS, CREATE, DESCRIBE),
            topics(IDENTITY_SERVICE, names(ACCESS), "tells the others what has ended, and which keys are good", WRITE),
            topics(IDENTITY_SERVICE, names(AUDIT), NOTES, WRITE),

            topics(MODERATION_SERVICE, EVERY_TOPIC, MAKES_TOPICS, CREATE, DESCRIBE),
            topics(MODERATION_SERVICE, names(MARKET_EVENTS, POSTING_COMMANDS),
                    "the change feed publishes events and commands", WRITE),
            topics(MODERATION_SERVICE, names(CAMPAIGN_COMMANDS), "asks for the launches of targets", WRITE),
            topics(MODERATION_SERVICE, names(POSTING_EVENTS), "decides on reports", READ),
            topics(MODERATION_SERVICE, names(JOB_EVENTS), "sees how launches of targets end", READ),
            topics(MODERATION_SERVICE, letters(MARKET_EVENTS, POSTING_COMMANDS, CAMPAIGN_COMMANDS, POSTING_EVENTS,
                    JOB_EVENTS),
                    LETTERS + ", and what Kafka refuses of the change feed", WRITE),
            groups(MODERATION_SERVICE, List.of("moderation-service", "moderation-service-launches"), GROUP, READ),
            topics(MODERATION_SERVICE, names(ACCESS), "who is let in", READ),
            topics(MODERATION_SERVICE, names(AUDIT), NOTES, WRITE),
            topics(MODERATION_SERVICE, names(FEATURE_LEVELS), LEVELS, READ, WRITE),

            topics(POSTING_SERVICE, EVERY_TOPIC, MAKES_TOPICS, CREATE, DESCRIBE),
            topics(POSTING_SERVICE, names(POSTING_COMMANDS), "carries them out", READ),
            topics(POSTING_SERVICE, names(POSTING_EVENTS), FACTS, WRITE),
            topics(POSTING_SERVICE, letters(POSTING_COMMANDS), LETTERS, WRITE),
            topics(POSTING_SERVICE, names(ACCESS), "who is let in, where it serves its metrics", READ),
            topics(POSTING_SERVICE, names(FEATURE_LEVELS), LEVELS, READ, WRITE),
            groups(POSTING_SERVICE, List.of("posting-service"), GROUP, READ),

            topics(ANALYTICS, names(CAMPAIGN_COMMANDS, JOB_EVENTS), "counts what was asked for and what became of it",
                    READ),

            topics(APP, names(CAMPAIGN_COMMANDS), "asks for launches", WRITE),
            topics(APP, List.of(JOB_EVENTS.topicName(), CAMPAIGN_COMMANDS.deadLetterName()),
                    "follows its launches, and sees which requests broke a rule", READ),
            topics(APP, names(MARKET_EVENTS), "follows the marketplace", READ),
            new KafkaRight(APP, ResourceType.GROUP, List.of(OF_APPS), PatternType.PREFIXED, Set.of(READ),
                    "where it reads in a group; all apps have this login, or each one of its own"),
            new KafkaRight(APP, ResourceType.TOPIC, List.of(OF_APPS), PatternType.PREFIXED,
                    Set.of(CREATE, DESCRIBE, READ, WRITE), "its own dead letters, and whatever else it keeps there"),

            topics(TOOLS, EVERY_DEAD_LETTER, "lists dead letters, notes which were redriven", READ, WRITE),
            topics(TOOLS, REDRIVEN.stream().map(Topic::topicName).toList(), "redrives dead letters", WRITE),
            redrives(TOOLS),
            topics(TOOLS, names(CREDENTIALS), "encrypts access tokens with another key", WRITE),
            new KafkaRight(TOOLS, ResourceType.TRANSACTIONAL_ID, List.of("reencrypt-" + CREDENTIALS.topicName()),
                    PatternType.LITERAL, Set.of(WRITE), "does so in transactions, one at a time"),
            topics(TOOLS, names(AUDIT), "shows and exports who did what", READ),
            topics(TOOLS, names(JOB_EVENTS, MARKET_EVENTS, CREDENTIALS),
                    "replays jobs and the marketplace, compares jobs with Facebook by a stored token, sees what key a token has",
                    READ),
            topics(TOOLS, names(KILL_SWITCHES), "sees that they are off before something is put back", READ),
            topics(TOOLS,
                    names(CAMPAIGN_COMMANDS, CREATION_EVENTS, VERIFICATION_EVENTS, ROLLBACK_EVENTS, GRAPH_CALLS),
                    "sees where groups are set back to", READ),
            groups(TOOLS, List.of("job-service-requests", "job-service-reports", "webhooks", "read-model",
                    "job-service-graph-calls", "verifier-service", "rollback-service"),
                    "sets them back after a database was, while they have no member", READ));

    private KafkaRights() {}

    public static List<KafkaRight> all() {
        return ALL;
    }

    public static Stream<KafkaRight> of(KafkaUser who) {
        return ALL.stream().filter(right -> right.who() == who);
    }

    public static boolean allows(KafkaUser who, AclOperation operation, ResourceType kind, String name) {
        return of(who).anyMatch(right -> right.allows(operation, kind, name));
    }

    private static KafkaRight topics(KafkaUser who, List<String> topics, String reason, AclOperation... operations) {
        return new KafkaRight(who, ResourceType.TOPIC, topics, PatternType.LITERAL, Set.of(operations), reason);
    }

    private static KafkaRight groups(KafkaUser who, List<String> groups, String reason, AclOperation... operations) {
        return new KafkaRight(who, ResourceType.GROUP, groups, PatternType.LITERAL, Set.of(operations), reason);
    }

    private static KafkaRight redrives(KafkaUser who) {
        return new KafkaRight(who, ResourceType.TRANSACTIONAL_ID, List.of("redrive-"), PatternType.PREFIXED,
                Set.of(WRITE), "redrives and notes it in one transaction, one at a time");
    }

    private static List<String> names(Topic... topics) {
        return Arrays.stream(topics).map(Topic::topicName).toList();
    }

    private static List<String> letters(Topic... topics) {
        return Arrays.stream(topics).map(Topic::deadLetterName).toList();
    }
}
