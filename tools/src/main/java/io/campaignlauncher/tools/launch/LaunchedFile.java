package io.campaignlauncher.tools.launch;

import io.campaignlauncher.tools.events.OperationRefused;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A file of a media buyer, as the service reads it. */
public final class LaunchedFile {

    private final ServiceApi api;
    private final Path file;
    private final Place place;

    /**
     * Where the file's campaigns are launched.
     *
     * @param currency            of the account; null: not said
     * @param timeZone            of the account; null: not said
     * @param numberRepeatedNames a name that was there before gets a number
     */
    public record Place(String userId, String adAccountId, String credentialId, @Nullable String currency,
            @Nullable String timeZone, boolean numberRepeatedNames) {

        private Map<String, String> reading() {
            var query = new HashMap<String, String>();
            if (currency != null) {
                query.put("currency", currency);
            }
            if (timeZone != null) {
                query.put("timeZone", timeZone);
            }
            query.put("numberRepeatedNames", Boolean.toString(numberRepeatedNames));
            return query;
        }

        private Map<String, String> launching() {
            var query = reading();
            query.put("userId", userId);
            query.put("adAccountId", adAccountId);
            query.put("credentialId", credentialId);
            return query;
        }
    }

    /** A campaign of it. */
    public record Campaign(String name, int adSets, int ads) {}

    /** A job that one of its campaigns became. */
    public record Job(String jobId, String campaign) {}

    /**
     * What is in it.
     *
     * @param needs    what has to be said of the account, such as {@code currency}
     * @param mistakes a sentence for each wrong cell
     * @param further  how many more mistakes there are
     * @param media    names of the images and videos that its ads show
     */
    public record Preview(String sha256, String format, int rows, List<Campaign> campaigns, List<String> needs,
            List<String> mistakes, long further, List<MediaName> media) {

        public boolean launchable() {
            return needs.isEmpty() && mistakes.isEmpty();
        }

        /** Ad sets and ads of all its campaigns. */
        public long entities() {
            return campaigns.stream().mapToLong(one -> (long) one.adSets() + one.ads()).sum();
        }
    }

    /** A file that ads show. @param video else it is an image */
    public record MediaName(String name, boolean video) {}

    public LaunchedFile(ServiceApi api, Path file, Place place) {
        this.api = api;
        this.file = file;
        this.place = place;
    }

    public Preview preview() throws InterruptedException {
        var body = api.send("POST", "/v1/files", place.reading(), content(), Set.of()).body();
        return new Preview(body.path("sha256").asString(), body.path("format").asString(""),
                body.path("rows").asInt(), list(body, "campaigns").stream().map(one -> new Campaign(
                        one.path("name").asString(""), one.path("adSets").asInt(), one.path("ads").asInt())).toList(),
                list(body, "needs").stream().map(JsonNode::asString).toList(),
                list(body, "mistakes").stream().map(LaunchedFile::mistake).toList(),
                body.path("furtherMistakes").asLong(), list(body, "media").stream().map(one -> new MediaName(
                        one.path("name").asString(""), "VIDEO".equals(one.path("type").asString("")))).toList());
    }

    private static String mistake(JsonNode one) {
        return "%s%d %s: %s Read was: %s".formatted(one.path("letter").asString(""), one.path("row").asInt(),
                one.path("column").asString(""), one.path("sentence").asString(""), one.path("read").asString(""));
    }

    /** The same file again is the same jobs. */
    public List<Job> launch(String sha256) throws InterruptedException {
        var body = api.send("POST", "/v1/files/" + sha256 + "/launch", place.launching(), content(), Set.of()).body();
        return list(body, "jobs").stream()
                .map(one -> new Job(one.path("jobId").asString(), one.path("campaign").asString(""))).toList();
    }

    private static List<JsonNode> list(JsonNode body, String field) {
        return StreamSupport.stream(body.path(field).spliterator(), false).toList();
    }

    private Supplier<BodyPublisher> content() {
        return () -> of(file);
    }

    /** @throws OperationRefused where it cannot be read */
    static BodyPublisher of(Path file) {
        try {
            return BodyPublishers.ofFile(file);
        } catch (FileNotFoundException e) {
            throw new OperationRefused("cannot read " + file);
        }
    }
}
