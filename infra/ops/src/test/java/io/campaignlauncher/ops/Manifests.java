package io.campaignlauncher.ops;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The manifests of infra/ops/kubernetes as typed objects. A field that Kubernetes does not know is an error, and so is one twice. */
final class Manifests {

    static final Path FOLDER = Path.of("kubernetes");
    static final Path BASE = FOLDER.resolve("base");
    static final Path EXAMPLE = FOLDER.resolve("example");
    static final Path AUTOSCALING = FOLDER.resolve("autoscaling");
    static final String KUSTOMIZATION = "kustomization.yaml";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .annotationIntrospector(new NothingFurther()).build();
    private static final Map<String, Class<?>> KINDS = Map.of("apps/v1 Deployment", Deployment.class,
            "v1 Service", Service.class, "v1 ServiceAccount", ServiceAccount.class, "v1 Namespace", Namespace.class,
            "v1 ConfigMap", ConfigMap.class, "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
            "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class, "keda.sh/v1alpha1 ScaledObject",
            ScaledObject.class, "kustomize.config.k8s.io/v1beta1 Kustomization", Kustomization.class,
            "kustomize.config.k8s.io/v1alpha1 Component", Kustomization.class);

    private Manifests() {}

    /** The models keep what they do not know; here it is to be refused. */
    private static final class NothingFurther extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return Boolean.FALSE;
        }
    }

    /** What of a kustomization is used here. */
    record Kustomization(String apiVersion, String kind, @Nullable String namespace, @Nullable List<Labels> labels,
            List<String> resources, @Nullable List<String> components, @Nullable List<Generated> configMapGenerator,
            @Nullable List<Image> images) {

        record Labels(Map<String, String> pairs) {}

        record Generated(String name, @Nullable String behavior, List<String> envs) {}

        record Image(String name, String newName, String digest) {}

        List<Generated> generated() {
            return configMapGenerator == null ? List.of() : configMapGenerator;
        }

        /** Files and folders that it names. */
        Stream<String> names() {
            return Stream.of(resources, components == null ? List.<String>of() : components,
                    generated().stream().flatMap(one -> one.envs().stream()).toList()).flatMap(List::stream);
        }
    }

    /** KEDA's, as far as it is used here. */
    record ScaledObject(String apiVersion, String kind, Metadata metadata, Spec spec) {

        record Metadata(String name, @Nullable String namespace, @Nullable Map<String, String> labels) {}

        record Spec(Target scaleTargetRef, int minReplicaCount, int maxReplicaCount, int cooldownPeriod,
                Fallback fallback, List<Trigger> triggers) {}

        record Target(String name) {}

        record Fallback(int failureThreshold, int replicas) {}

        record Trigger(String type, String metricType, Prometheus metadata) {}

        record Prometheus(String serverAddress, String query, String threshold) {}
    }

    static List<Object> parse(String text) throws IOException {
        var found = new ArrayList<>();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            while (documents.hasNext()) {
                var document = documents.next();
                var kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
                var type = KINDS.get(kind);
                if (type == null) {
                    throw new IllegalArgumentException("no such kind is known here: " + kind);
                }
                found.add(YAML.treeToValue(document, type));
            }
        }
        return found;
    }

    static Kustomization kustomization(Path folder) throws IOException {
        return (Kustomization) parse(Files.readString(folder.resolve(KUSTOMIZATION))).getFirst();
    }

    static <T> List<T> all(Class<T> type) {
        return Stream.of(BASE, EXAMPLE, AUTOSCALING).flatMap(Manifests::files)
                .filter(file -> file.toString().endsWith(".yaml")).flatMap(file -> {
                    try {
                        return parse(Files.readString(file)).stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(file.toString(), e);
                    }
                }).filter(type::isInstance).map(type::cast).toList();
    }

    static Stream<Path> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the file that a ConfigMap is made of. */
    static Map<String, String> variables(Path file) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("=", 2)).collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    static Map<String, Deployment> deployments() {
        return all(Deployment.class).stream()
                .collect(Collectors.toMap(one -> one.getMetadata().getName(), one -> one, (one, other) -> {
                    throw new IllegalStateException("twice: " + one.getMetadata().getName());
                }, HashMap::new));
    }
}
