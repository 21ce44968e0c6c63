package io.campaignlauncher.schemas.rights;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.KafkaNames;
import io.campaignlauncher.schemas.Topic;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KafkaRightsTest {

    private static final Set<KafkaUser> MAKERS = EnumSet.range(KafkaUser.JOB_SERVICE, KafkaUser.POSTING_SERVICE);

    /** Who publishes what, but for redriven dead letters: those the tools and the job-service publish. */
    private static final Map<Topic, Set<KafkaUser>> WRITERS = Map.ofEntries(
            Map.entry(Topic.CAMPAIGN_COMMANDS,
                    Set.of(KafkaUser.APP, KafkaUser.JOB_SERVICE, KafkaUser.MODERATION_SERVICE)),
            Map.entry(Topic.JOB_EVENTS, Set.of(KafkaUser.JOB_SERVICE)),
            Map.entry(Topic.CREATION_COMMANDS, Set.of(KafkaUser.JOB_SERVICE)),
            Map.entry(Topic.CREATION_STOPS, Set.of(KafkaUser.JOB_SERVICE)),
            Map.entry(Topic.CREATION_EVENTS, Set.of(KafkaUser.CREATOR_SERVICE)),
            Map.entry(Topic.VERIFICATION_EVENTS, Set.of(KafkaUser.VERIFIER_SERVICE)),
            Map.entry(Topic.ROLLBACK_EVENTS, Set.of(KafkaUser.ROLLBACK_SERVICE)),
            Map.entry(Topic.GRAPH_CALLS,
                    Set.of(KafkaUser.CREATOR_SERVICE, KafkaUser.VERIFIER_SERVICE, KafkaUser.ROLLBACK_SERVICE,
                            KafkaUser.JOB_SERVICE)),
            Map.entry(Topic.CREDENTIALS, Set.of(KafkaUser.JOB_SERVICE)),
            Map.entry(Topic.KILL_SWITCHES, Set.of(KafkaUser.JOB_SERVICE)),
            Map.entry(Topic.FEATURE_LEVELS,
                    Set.of(KafkaUser.JOB_SERVICE, KafkaUser.CREATOR_SERVICE, KafkaUser.VERIFIER_SERVICE,
                            KafkaUser.ROLLBACK_SERVICE, KafkaUser.MODERATION_SERVICE, KafkaUser.POSTING_SERVICE)),
            Map.entry(Topic.ACCESS, Set.of(KafkaUser.IDENTITY_SERVICE)),
            Map.entry(Topic.AUDIT,
                    Set.of(KafkaUser.JOB_SERVICE, KafkaUser.IDENTITY_SERVICE, KafkaUser.MODERATION_SERVICE)),
            Map.entry(Topic.MARKET_EVENTS, Set.of(KafkaUser.MODERATION_SERVICE)),
            Map.entry(Topic.POSTING_COMMANDS, Set.of(KafkaUser.MODERATION_SERVICE)),
            Map.entry(Topic.POSTING_EVENTS, Set.of(KafkaUser.POSTING_SERVICE)));

    @ParameterizedTest
    @EnumSource
    void every_topic_is_written_by_those_whose_it_is_and_nobody_else(Topic topic) {
        var writers = whoMay(WRITE, topic.topicName());
        writers.remove(KafkaUser.TOOLS);
        var own = new HashSet<>(WRITERS.get(topic));
        if (KafkaRights.REDRIVEN.contains(topic)) {
            own.add(KafkaUser.JOB_SERVICE);
        }
        assertThat(writers).isNotEmpty().isEqualTo(own);
    }

    @ParameterizedTest
    @EnumSource
    void every_topic_is_read_by_somebody(Topic topic) {
        assertThat(whoMay(READ, topic.topicName())).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void every_service_may_make_every_topic_and_its_dead_letters_and_nobody_else_may(Topic topic) {
        assertThat(whoMay(AclOperation.CREATE, topic.topicName())).isEqualTo(MAKERS);
        assertThat(whoMay(AclOperation.CREATE, topic.deadLetterName())).isEqualTo(MAKERS);
    }

    /**
     * Of the compacted topics nothing is given up, no service reads the audit, creators pass over stops that they cannot
     * read, and analytics and apps only look.
     */
    @ParameterizedTest
    @EnumSource
    void every_service_that_works_on_a_topic_may_give_up_its_records_and_an_operator_may_redrive_them(Topic topic) {
        var letters = topic.deadLetterName();
        assertThat(whoMay(READ, letters)).contains(KafkaUser.TOOLS);
        if (topic.settings().containsKey("cleanup.policy") || topic == Topic.AUDIT) {
            assertThat(whoMay(WRITE, letters)).containsExactly(KafkaUser.TOOLS);
            assertThat(whoMay(WRITE, topic.topicName()).contains(KafkaUser.TOOLS))
                    .as("encrypts tokens anew, and turns no switch").isEqualTo(topic == Topic.CREDENTIALS);
            return;
        }
        var workers = whoMay(READ, topic.topicName());
        workers.retainAll(MAKERS);
        assertThat(workers.isEmpty()).as("no service works on what happens in the marketplace")
                .isEqualTo(topic == Topic.MARKET_EVENTS);
        if (topic == Topic.CREATION_STOPS) {
            workers.remove(KafkaUser.CREATOR_SERVICE);
        }
        assertThat(whoMay(WRITE, letters)).containsAll(workers).contains(KafkaUser.TOOLS);
        assertThat(whoMay(WRITE, topic.topicName())).contains(KafkaUser.TOOLS);
    }

    @Test
    void nobody_is_in_a_group_of_somebody_else() {
        // An operator sets groups back that have no member, and is in none.
        var groups = KafkaRights.all().stream().filter(right -> right.kind() == ResourceType.GROUP)
                .filter(right -> right.who() != KafkaUser.TOOLS).toList();
        groups.forEach(right -> right.names().forEach(name -> assertThat(groups)
                .filteredOn(other -> other.allows(READ, ResourceType.GROUP, name)).containsExactly(right)));
    }

    @Test
    void an_operator_sets_no_group_back_that_is_not_one_of_a_service() {
        KafkaRights.of(KafkaUser.TOOLS).filter(right -> right.kind() == ResourceType.GROUP)
                .flatMap(right -> right.names().stream())
                .forEach(name -> assertThat(MAKERS).anyMatch(
                        who -> KafkaRights.allows(who, READ, ResourceType.GROUP, name)));
    }

    @Test
    void nobody_may_do_everything_and_each_right_has_a_reason() {
        assertThat(KafkaRights.all()).allSatisfy(right -> {
            assertThat(right.reason()).isNotBlank();
            assertThat(right.names()).isNotEmpty().doesNotContain("*", "");
            assertThat(right.operations()).isNotEmpty().doesNotContain(AclOperation.ALL, AclOperation.ALTER,
                    AclOperation.CLUSTER_ACTION, AclOperation.DELETE);
        });
        assertThat(KafkaRights.all().stream().map(KafkaRight::who).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(KafkaUser.values());
    }

    @Test
    void is_as_many_rules_of_kafka_as_there_are_names_and_operations() {
        var acls = KafkaRights.all().stream().flatMap(right -> right.acls("User:" + right.who().title())).toList();
        assertThat(acls).hasSize(KafkaRights.all().stream()
                .mapToInt(right -> right.names().size() * right.operations().size()).sum());
        assertThat(new HashSet<>(acls)).as("each once").hasSameSizeAs(acls);
    }

    @Test
    void an_installation_with_a_prefix_has_rights_on_nothing_without_it_but_on_what_is_kafkas() {
        var prefixed = KafkaRights.all().stream().map(right -> right.on(new KafkaNames("eu-"))).toList();

        assertThat(prefixed).flatExtracting(KafkaRight::names).filteredOn(name -> !name.startsWith("eu-"))
                .containsOnly("__share_group_state", "kafka-cluster");
        for (var right : KafkaRights.all()) {
            right.names().forEach(name -> assertThat(prefixed).noneMatch(other -> other.kind() != ResourceType.CLUSTER
                    && !name.startsWith("__") && other.allows(DESCRIBE, right.kind(), name)));
        }
    }

    private static Set<KafkaUser> whoMay(AclOperation operation, String topic) {
        return Arrays.stream(KafkaUser.values())
                .filter(who -> KafkaRights.allows(who, operation, ResourceType.TOPIC, topic))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(KafkaUser.class)));
    }
}
