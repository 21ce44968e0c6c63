package io.campaignlauncher.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may speak to whom in Kubernetes: nobody, but for what is said. */
class NetworkPoliciesTest {

    private static final String NAME = "app.kubernetes.io/name";

    private final Map<String, NetworkPolicy> policies = Manifests.all(NetworkPolicy.class).stream()
            .collect(Collectors.toMap(one -> one.getMetadata().getName(), one -> one));

    @Test
    void nothing_goes_in_or_out_unless_it_is_said() {
        var spec = policies.get("nothing-unless-said").getSpec();

        assertThat(spec.getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(isEverybody(spec.getPodSelector())).isTrue();
        assertThat(spec.getIngress()).isEmpty();
        assertThat(spec.getEgress()).isEmpty();
    }

    @Test
    void whoever_is_named_is_there() {
        assertThat(policies.values().stream().flatMap(one -> named(one.getSpec().getPodSelector()).stream()))
                .isNotEmpty().allMatch(Manifests.deployments()::containsKey);
        assertThat(policies.values().stream().flatMap(NetworkPoliciesTest::peers)
                .flatMap(one -> named(one).stream())).isNotEmpty().allMatch(Manifests.deployments()::containsKey);
    }

    @Test
    void a_service_gets_where_its_settings_lead_it() {
        Manifests.deployments().forEach((name, deployment) -> {
            var set = deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
                    .map(one -> one.getName()).collect(Collectors.toSet());
            assertThat(of("to-kafka")).as(name)
                    .matches(who -> who.contains(name) == set.contains("SPRING_CONFIG_IMPORT"));
            assertThat(of("to-postgresql")).as(name)
                    .matches(who -> who.contains(name) == set.contains("SPRING_DATASOURCE_USERNAME"));
            assertThat(of("to-identity-service")).as(name)
                    .matches(who -> who.contains(name) == !name.equals("identity-service"));
        });
    }

    @Test
    void the_world_is_asked_over_https_and_nothing_private_is_the_world() {
        var world = policies.get("to-the-world").getSpec().getEgress();

        assertThat(world).singleElement().satisfies(rule -> {
            assertThat(ports(rule.getPorts())).containsExactly(443);
            assertThat(rule.getTo()).singleElement().satisfies(peer -> assertThat(peer.getIpBlock().getExcept())
                    .contains("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"));
        });
        assertThat(of("to-the-world")).doesNotContain("console", "identity-service");
    }

    @Test
    void only_who_answers_over_http_is_asked_and_only_at_its_port() {
        var asked = new TreeSet<String>();
        policies.forEach((policy, one) -> {
            if (policy.startsWith("into-")) {
                asked.addAll(of(policy));
                var rule = one.getSpec().getIngress().getFirst();
                assertThat(ports(rule.getPorts())).as(policy).containsExactly(port(of(policy).iterator().next()));
                assertThat(rule.getFrom()).isNotEmpty();
            }
        });
        assertThat(asked).isEqualTo(new TreeSet<>(Programs.WITH_HTTP));
    }

    @Test
    void metrics_of_everybody_are_read_by_who_watches_alone() {
        var spec = policies.get("metrics").getSpec();

        assertThat(isEverybody(spec.getPodSelector())).isTrue();
        assertThat(spec.getIngress()).singleElement().satisfies(rule -> {
            assertThat(rule.getFrom()).singleElement().satisfies(peer -> assertThat(
                    peer.getNamespaceSelector().getMatchLabels()).containsOnlyKeys("campaign-launcher/monitoring"));
            assertThat(ports(rule.getPorts())).containsExactlyInAnyOrderElementsOf(
                    Manifests.deployments().keySet().stream().map(NetworkPoliciesTest::port).toList());
        });
    }

    private Set<String> of(String policy) {
        return named(policies.get(policy).getSpec().getPodSelector());
    }

    private static Stream<LabelSelector> peers(NetworkPolicy policy) {
        return Stream.concat(
                policy.getSpec().getIngress().stream().flatMap(rule -> rule.getFrom().stream()),
                policy.getSpec().getEgress().stream().flatMap(rule -> rule.getTo().stream()))
                .map(peer -> peer.getPodSelector()).filter(Objects::nonNull);
    }

    private static Set<String> named(LabelSelector selector) {
        var found = new TreeSet<String>();
        selector.getMatchExpressions().forEach(one -> found.addAll(one.getValues()));
        if (selector.getMatchLabels() != null && selector.getMatchLabels().containsKey(NAME)) {
            found.add(selector.getMatchLabels().get(NAME));
        }
        return found;
    }

    private static boolean isEverybody(LabelSelector selector) {
        return selector.getMatchExpressions().isEmpty()
                && (selector.getMatchLabels() == null || selector.getMatchLabels().isEmpty());
    }

    private static List<Integer> ports(List<NetworkPolicyPort> ports) {
        return ports.stream().map(one -> one.getPort().getIntVal()).toList();
    }

    private static Integer port(String name) {
        return Manifests.deployments().get(name).getSpec().getTemplate().getSpec().getContainers().getFirst()
                .getPorts().getFirst().getContainerPort();
    }
}
