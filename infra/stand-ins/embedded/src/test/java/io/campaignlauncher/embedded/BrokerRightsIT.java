package io.campaignlauncher.embedded;

import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.rights.KafkaRights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an embedded broker lets each of its users do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerRightsIT {

    private static final String SOMEBODY_ELSES = "of-somebody-else";
    private static final List<String> TOPICS = Stream
            .concat(KafkaRights.EVERY_TOPIC.stream(), Stream.of("app-shop.dlt", SOMEBODY_ELSES))
            .toList();
    private static final List<String> GROUPS = Stream.concat(
            KafkaRights.all().stream().filter(right -> right.kind() == ResourceType.GROUP)
                    .flatMap(right -> right.names().stream()),
            Stream.of("app-shop", SOMEBODY_ELSES)).toList();

    private EmbeddedKafkaBroker broker;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        broker = EmbeddedKafkaBroker.start(folder);
        try (var admin = Admin.create(Map.copyOf(broker.client(ServiceLogin.OPERATOR)));
                var operator = new BrokerTries(broker.client(ServiceLogin.OPERATOR))) {
            admin.createTopics(TOPICS.stream().map(topic -> new NewTopic(topic, 1, (short) 1)).toList()).all().get();
            for (var topic : TOPICS) {
                assertThat(operator.writes(topic)).isTrue();
            }
        }
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPERATOR")
    void lets_each_do_what_the_table_says_and_nothing_else(ServiceLogin who) throws Exception {
        var user = who.rights().orElseThrow();
        var let = new LinkedHashMap<String, Boolean>();
        var allowed = new LinkedHashMap<String, Boolean>();
        try (var tries = new BrokerTries(broker.client(who))) {
            for (var topic : TOPICS) {
                let.put("write " + topic, tries.writes(topic));
                allowed.put("write " + topic, KafkaRights.allows(user, WRITE, ResourceType.TOPIC, topic));
                let.put("read " + topic, tries.reads(topic));
                allowed.put("read " + topic, KafkaRights.allows(user, READ, ResourceType.TOPIC, topic));
                let.put("make " + topic, tries.makes(topic));
                allowed.put("make " + topic, KafkaRights.allows(user, CREATE, ResourceType.TOPIC, topic));
                let.put("settings " + topic, tries.seesSettings(ConfigResource.Type.TOPIC, topic));
                allowed.put("settings " + topic,
                        KafkaRights.allows(user, DESCRIBE_CONFIGS, ResourceType.TOPIC, topic));
            }
            for (var group : GROUPS) {
                let.put("group " + group, tries.looksAtGroup(group));
                allowed.put("group " + group, KafkaRights.allows(user, DESCRIBE, ResourceType.GROUP, group));
                let.put("share group " + group, tries.setsUpShareGroup(group));
                allowed.put("share group " + group,
                        KafkaRights.allows(user, ALTER_CONFIGS, ResourceType.GROUP, group));
            }
            for (var id : List.of("redrive-campaign.commands.dlt", "reencrypt-credentials", SOMEBODY_ELSES)) {
                let.put("transactions " + id, tries.beginsTransactionsAs(id));
                allowed.put("transactions " + id, KafkaRights.allows(user, WRITE, ResourceType.TRANSACTIONAL_ID, id));
            }
            let.put("delete", tries.deletes("job.events"));
            allowed.put("delete", false);
        }
        assertThat(let).isEqualTo(allowed);
        assertThat(let).containsValue(true);
    }

    /** Named here once more, so that a row too many in the table is seen. */
    @Test
    void refuses_what_would_do_harm() throws Exception {
        var refused = new ArrayList<String>();
        for (var who : ServiceLogin.values()) {
            try (var tries = new BrokerTries(broker.client(who))) {
                for (var topic : List.of("campaign.commands", "job.events", "creation.commands", "access",
                        "kill-switches")) {
                    if (!tries.writes(topic)) {
                        refused.add(who.user() + " writes " + topic);
                    }
                }
                if (!tries.reads("credentials")) {
                    refused.add(who.user() + " reads credentials");
                }
                if (!tries.writes("credentials")) {
                    refused.add(who.user() + " writes credentials");
                }
            }
        }
        assertThat(refused).contains("app writes job.events", "app writes creation.commands", "app writes access",
                "app writes kill-switches", "app reads credentials", "creator_service writes campaign.commands",
                "creator_service writes job.events", "creator_service writes creation.commands",
                "verifier_service writes creation.commands", "rollback_service writes job.events",
                "rollback_service writes access", "job_service writes access", "identity_service reads credentials",
                "identity_service writes job.events", "analytics writes campaign.commands",
                "analytics writes job.events", "analytics reads credentials", "app writes credentials",
                "creator_service writes credentials", "verifier_service writes credentials",
                "rollback_service writes credentials", "identity_service writes credentials")
                .doesNotContain("tools writes credentials", "app writes campaign.commands",
                        "rollback_service reads credentials",
                        "identity_service writes access")
                .noneMatch(one -> one.startsWith("operator "));
    }

    @Test
    void takes_back_what_a_user_was_given_beside_the_table_and_leaves_others_alone() throws Exception {
        var surplus = rule("User:app", WRITE);
        var others = rule("User:somebody", READ);
        try (var admin = Admin.create(Map.copyOf(broker.client(ServiceLogin.OPERATOR)))) {
            var before = rules(admin);
            admin.createAcls(List.of(surplus, others)).all().get();
            admin.deleteAcls(List.of(before.getFirst().toFilter())).all().get();

            BrokerRights.apply(broker.bootstrapServers(), broker.passwords());

            assertThat(rules(admin)).containsExactlyInAnyOrderElementsOf(
                    Stream.concat(before.stream(), Stream.of(others)).toList());
            admin.deleteAcls(List.of(others.toFilter())).all().get();
        }
    }

    private static List<AclBinding> rules(Admin admin) throws Exception {
        return List.copyOf(admin.describeAcls(AclBindingFilter.ANY).values().get());
    }

    private static AclBinding rule(String principal, AclOperation operation) {
        return new AclBinding(new ResourcePattern(ResourceType.TOPIC, SOMEBODY_ELSES, PatternType.LITERAL),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }
}
