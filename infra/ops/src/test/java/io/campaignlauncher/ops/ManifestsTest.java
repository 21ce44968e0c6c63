package io.campaignlauncher.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.campaignlauncher.ops.Manifests.Kustomization;
import io.campaignlauncher.ops.Manifests.ScaledObject;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What lies in infra/ops/kubernetes is understood, and all of it is used. */
class ManifestsTest {

    static Stream<Path> folders() {
        return Stream.of(Manifests.BASE, Manifests.EXAMPLE, Manifests.AUTOSCALING);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void each_file_is_named_by_its_kustomization(Path folder) throws IOException {
        var named = Manifests.kustomization(folder).names().map(folder::resolve).map(Path::normalize)
                .collect(Collectors.toSet());

        assertThat(named).allMatch(Files::exists);
        assertThat(Manifests.files(folder).filter(file -> !file.endsWith(Manifests.KUSTOMIZATION))
                .collect(Collectors.toSet()))
                .isEqualTo(named.stream().filter(Files::isRegularFile).collect(Collectors.toSet()));
    }

    @Test
    void a_field_that_kubernetes_does_not_know_is_refused_however_deep() throws IOException {
        var text = Files.readString(Manifests.BASE.resolve("job-service.yaml"));

        assertThat(Manifests.parse(text)).hasSize(3);
        assertThatThrownBy(() -> Manifests.parse(text.replace("readOnlyRootFilesystem", "readonlyRootFilesystem")))
                .isInstanceOf(UnrecognizedPropertyException.class);
    }

    @Test
    void every_service_has_a_deployment() throws IOException {
        // Whoever keeps the figures serves them to its own machine alone, which a pod is: it runs beside a Prometheus.
        var services = Programs.services();
        services.remove("analytics");

        assertThat(Manifests.deployments().keySet()).isEqualTo(services);
    }

    @Test
    void no_manifest_holds_a_secret_and_what_is_set_is_a_setting() throws IOException {
        for (var folder : folders().toList()) {
            for (var generated : Manifests.kustomization(folder).generated()) {
                for (var file : generated.envs()) {
                    assertThat(Manifests.variables(folder.resolve(file)).keySet()).isNotEmpty()
                            .allMatch(Settings::isVariable)
                            .noneMatch(name -> name.contains("PASSWORD") || name.endsWith("_KEY")
                                    || name.endsWith("_TOKEN") || name.contains("JAAS"));
                }
            }
        }
    }

    @Test
    void the_example_has_a_digest_for_every_image() throws IOException {
        var example = Manifests.kustomization(Manifests.EXAMPLE);

        assertThat(example.images()).allMatch(image -> image.digest().matches("sha256:[0-9a-f]{64}"));
        assertThat(example.images().stream().map(Kustomization.Image::name).collect(Collectors.toSet()))
                .isEqualTo(images(Manifests.deployments().values().stream()));
    }

    @Test
    void kustomize_makes_of_the_example_what_is_meant() throws IOException {
        var rendered = Manifests
                .parse(Tool.run(Manifests.EXAMPLE, Tool.orSkip("kubectl"), "kustomize", "."));

        var deployments = rendered.stream().filter(Deployment.class::isInstance).map(Deployment.class::cast).toList();
        assertThat(deployments).hasSameSizeAs(Manifests.deployments().values());
        assertThat(images(deployments.stream())).allMatch(image -> image.matches(".+@sha256:[0-9a-f]{64}"));
        assertThat(rendered).hasAtLeastOneElementOfType(ScaledObject.class)
                .hasAtLeastOneElementOfType(Namespace.class);
        // A change of what is set makes new pods, because the names are those of the contents.
        var maps = rendered.stream().filter(ConfigMap.class::isInstance).map(ConfigMap.class::cast)
                .map(map -> map.getMetadata().getName()).collect(Collectors.toSet());
        assertThat(maps).hasSize(2).allMatch(name -> name.matches("(launch|console)-[a-z0-9]{10}"));
        assertThat(deployments).allSatisfy(deployment -> assertThat(deployment.getSpec().getTemplate().getSpec()
                .getContainers().getFirst().getEnvFrom()).hasSize(1)
                .allMatch(source -> maps.contains(source.getConfigMapRef().getName())));
    }

    private static Set<String> images(Stream<Deployment> deployments) {
        return deployments.flatMap(deployment -> deployment.getSpec().getTemplate().getSpec().getContainers().stream())
                .map(container -> container.getImage()).collect(Collectors.toSet());
    }
}
