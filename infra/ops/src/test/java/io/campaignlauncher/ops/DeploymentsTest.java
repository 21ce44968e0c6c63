package io.campaignlauncher.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.ops.Manifests.ScaledObject;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every Deployment: it is updated without a gap, ends in peace, is confined, and says when it can be asked. */
class DeploymentsTest {

    private static final String LIVENESS = "/actuator/health/liveness";

    static Stream<Deployment> deployments() {
        return Manifests.deployments().values().stream();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void its_selector_its_budget_and_its_service_mean_its_own_pods(Deployment deployment) {
        var name = name(deployment);
        var pods = deployment.getSpec().getTemplate().getMetadata().getLabels();

        assertThat(pods).containsEntry("app.kubernetes.io/name", name)
                .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
        assertThat(Manifests.all(Service.class).stream().filter(one -> selects(one.getSpec().getSelector(), pods)))
                .singleElement().satisfies(service -> assertThat(service.getMetadata().getName()).isEqualTo(name));
        assertThat(Manifests.all(PodDisruptionBudget.class).stream()
                .filter(one -> selects(one.getSpec().getSelector().getMatchLabels(), pods)))
                .singleElement().satisfies(budget -> assertThat(budget.getSpec().getMaxUnavailable())
                        .isEqualTo(new IntOrString(1)));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void an_update_takes_nobody_away_before_another_is_there(Deployment deployment) {
        var update = deployment.getSpec().getStrategy().getRollingUpdate();

        assertThat(update.getMaxUnavailable()).isEqualTo(new IntOrString(0));
        assertThat(update.getMaxSurge().getIntVal()).isPositive();
        assertThat(deployment.getSpec().getMinReadySeconds()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void it_may_end_what_it_has_begun(Deployment deployment) {
        var paused = Duration.ofSeconds(container(deployment).getLifecycle().getPreStop().getSleep().getSeconds());

        assertThat(paused).isPositive();
        assertThat(Duration.ofSeconds(pod(deployment).getTerminationGracePeriodSeconds()))
                .isGreaterThan(Settings.toEnd(name(deployment)).plus(paused));
    }

    /** A restart helps against a process that does not answer, and against nothing that is away. */
    @ParameterizedTest
    @MethodSource("deployments")
    void it_is_restarted_only_where_it_does_not_answer_itself(Deployment deployment) {
        assertThat(asked(container(deployment).getLivenessProbe().getHttpGet())).isEqualTo(LIVENESS);
        assertThat(asked(container(deployment).getStartupProbe().getHttpGet())).isEqualTo(LIVENESS);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void reads_are_not_cut_off_while_kafka_is_away(Deployment deployment) {
        assertThat(asked(container(deployment).getReadinessProbe().getHttpGet()))
                .isEqualTo(Programs.WITH_HTTP.contains(name(deployment)) ? "/actuator/health/serving"
                        : "/actuator/health/readiness");
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void pods_are_spread_over_zones_and_machines(Deployment deployment) {
        var spread = pod(deployment).getTopologySpreadConstraints();

        assertThat(spread.stream().map(one -> one.getTopologyKey()))
                .containsExactlyInAnyOrder("topology.kubernetes.io/zone", "kubernetes.io/hostname");
        assertThat(spread).allSatisfy(one -> {
            assertThat(one.getMaxSkew()).isEqualTo(1);
            assertThat(one.getLabelSelector().getMatchLabels())
                    .isEqualTo(deployment.getSpec().getSelector().getMatchLabels());
        });
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void it_may_do_nothing_that_it_need_not(Deployment deployment) {
        var pod = pod(deployment);
        var container = container(deployment);
        var confined = container.getSecurityContext();

        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(confined.getReadOnlyRootFilesystem()).isTrue();
        assertThat(confined.getAllowPrivilegeEscalation()).isFalse();
        assertThat(confined.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getVolumeMounts().stream().map(VolumeMount::getMountPath)).contains("/tmp");
        assertThat(container.getVolumeMounts().stream().map(VolumeMount::getName))
                .containsExactlyInAnyOrderElementsOf(pod.getVolumes().stream().map(one -> one.getName()).toList());
        assertThat(container.getResources().getLimits()).containsKey("memory");
        assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory")
                .containsEntry("memory", container.getResources().getLimits().get("memory"));
    }

    /** The user of the image and of the pod are one. */
    @Test
    void images_run_as_the_user_that_owns_what_is_mounted() throws IOException {
        var user = Files.readString(Path.of("../../pom.xml")).split("<image.user>")[1].split("<")[0];

        assertThat(deployments()).allSatisfy(deployment -> {
            var pod = pod(deployment).getSecurityContext();
            assertThat(List.of(pod.getRunAsUser(), pod.getRunAsGroup(), pod.getFsGroup()))
                    .containsOnly(Long.valueOf(user));
        });
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void what_is_set_is_a_setting_and_secrets_come_by_reference(Deployment deployment) {
        var container = container(deployment);
        var set = container.getEnv().stream().collect(Collectors.toMap(EnvVar::getName, one -> one));

        assertThat(set.keySet().stream().filter(name -> !name.equals("POD_IP"))).allMatch(Settings::isVariable);
        assertThat(set.get("POD_IP").getValueFrom().getFieldRef().getFieldPath()).isEqualTo("status.podIP");
        // A probe and Prometheus ask for a pod by its address, and the front door wants to know its names.
        assertThat(set.get("LAUNCH_HTTP_HOSTS").getValue()).isEqualTo(name(deployment) + ",$(POD_IP)");
        assertThat(container.getEnvFrom()).noneMatch(source -> source.getSecretRef() != null);
        pod(deployment).getVolumes().stream().filter(volume -> volume.getProjected() != null).forEach(volume -> {
            assertThat(volume.getProjected().getSources().stream().map(one -> one.getSecret().getName()))
                    .contains("launch-key", name(deployment));
            assertThat(container.getVolumeMounts().stream().filter(one -> one.getName().equals(volume.getName())))
                    .singleElement().satisfies(mount -> assertThat("configtree:" + mount.getMountPath() + "/")
                            .isEqualTo(set.get("SPRING_CONFIG_IMPORT").getValue()));
        });
        assertThat(pod(deployment).getVolumes().stream().anyMatch(volume -> volume.getProjected() != null))
                .isEqualTo(!name(deployment).equals("console"));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void it_listens_where_it_is_asked(Deployment deployment) {
        var container = container(deployment);
        var set = container.getEnv().stream().filter(one -> one.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
        var server = Programs.WITH_HTTP.contains(name(deployment)) ? "SERVER_" : "MANAGEMENT_SERVER_";

        assertThat(container.getImage()).isEqualTo("campaign-launcher/" + name(deployment));
        assertThat(set).containsEntry(server + "ADDRESS", "0.0.0.0");
        assertThat(container.getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getName()).isEqualTo("http");
            assertThat(set).containsEntry(server + "PORT", port.getContainerPort().toString());
        });
    }

    @Test
    void creators_are_as_many_as_the_work_needs_that_waits_and_is_done() throws IOException {
        var scaled = Manifests.all(ScaledObject.class);
        var explained = Files.readString(Path.of("../../docs/operations.md"));
        var atOnce = Integer.parseInt(Settings.defaultOf("launch.creation.commands-at-once"));

        assertThat(scaled).singleElement().satisfies(one -> {
            var spec = one.spec();
            var target = Manifests.deployments().get(spec.scaleTargetRef().name());
            assertThat(spec.minReplicaCount()).isEqualTo(target.getSpec().getReplicas())
                    .isEqualTo(spec.fallback().replicas()).isLessThan(spec.maxReplicaCount());
            var metadata = spec.triggers().getFirst().metadata();
            assertThat(Integer.parseInt(metadata.threshold())).isEqualTo(atOnce * 3 / 4);
            assertThat(Stream.of("creation_rounds_in_progress", "creation_queue_time_seconds"))
                    .allMatch(metric -> metadata.query().contains(metric) && explained.contains(metric));
        });
    }

    private static boolean selects(Map<String, String> selector, Map<String, String> labels) {
        return labels.entrySet().containsAll(selector.entrySet());
    }

    private static String asked(HTTPGetAction probe) {
        assertThat(probe.getPort()).isEqualTo(new IntOrString("http"));
        return probe.getPath();
    }

    private static String name(Deployment deployment) {
        return deployment.getMetadata().getName();
    }

    private static PodSpec pod(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec();
    }

    private static Container container(Deployment deployment) {
        assertThat(pod(deployment).getContainers()).hasSize(1);
        return pod(deployment).getContainers().getFirst();
    }
}
