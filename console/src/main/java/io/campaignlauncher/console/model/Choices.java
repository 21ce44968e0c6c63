package io.campaignlauncher.console.model;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a form offers, so that nobody types what is known.
 *
 * @param accounts of stored credentials and of earlier launches
 * @param images   that an ad account has
 */
public record Choices(List<String> accounts, List<Option> credentials, List<Option> images) {

    /** @param value as a service knows it @param label as people do */
    public record Option(String value, String label) {}

    /** Where nobody can be asked. */
    public static final Choices NONE = new Choices(List.of(), List.of(), List.of());

    public Choices {
        accounts = List.copyOf(accounts);
        credentials = List.copyOf(credentials);
        images = List.copyOf(images);
    }

    /**
     * @param credentials answer of {@code GET /v1/credentials}
     * @param jobs        answer of {@code GET /v1/jobs}
     * @param media       answer of {@code GET /v1/media}
     */
    public static Choices of(JsonNode credentials, JsonNode jobs, JsonNode media) {
        Set<String> accounts = new LinkedHashSet<>();
        jobs.path("jobs").valueStream().map(job -> Launches.text(job, "adAccountId")).forEach(accounts::add);
        credentials.path("credentials").valueStream().flatMap(one -> one.path("adAccountIds").valueStream())
                .map(JsonNode::asString).forEach(accounts::add);
        accounts.remove("");
        return new Choices(List.copyOf(accounts),
                credentials.path("credentials").valueStream().map(Choices::credential).toList(), images(media));
    }

    private static Option credential(JsonNode one) {
        var id = Launches.text(one, "credentialId");
        var accounts = one.path("adAccountIds").valueStream().map(JsonNode::asString).toList();
        return new Option(id, !one.path("readable").asBoolean(true) ? id + " (cannot be read any more)"
                : accounts.isEmpty() ? id : id + " (" + String.join(", ", accounts) + ")");
    }

    private static List<Option> images(JsonNode media) {
        Map<String, String> images = new LinkedHashMap<>();
        media.path("media").valueStream()
                .filter(one -> Launches.text(one, "type").equals("image")
                        && Launches.text(one, "state").equals("READY"))
                .forEach(one -> images.putIfAbsent("sha256:" + Launches.text(one, "sha256"), name(one)));
        return images.entrySet().stream().map(one -> new Option(one.getKey(), one.getValue())).toList();
    }

    private static String name(JsonNode one) {
        var name = Launches.text(one, "name");
        return name.isEmpty() ? Launches.text(one, "sha256").substring(0, 12) : name;
    }
}
