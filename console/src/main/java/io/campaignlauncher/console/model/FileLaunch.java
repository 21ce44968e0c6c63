package io.campaignlauncher.console.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The page of a file.
 *
 * @param sent    an image that was just sent; empty: none
 * @param preview null: it was not looked at
 * @param problem why it was not taken; null: nothing against it
 */
public record FileLaunch(FileForm form, Choices choices, String fileName, String sent, @Nullable FilePreview preview,
        @Nullable Problem problem) {

    /** A launch that one of its campaigns became. @param before whether it was one already */
    public record Job(String jobId, String campaign, State state, boolean before) {}

    /** @param answer of {@code POST /v1/files/{sha256}/launch} */
    public static List<Job> jobs(JsonNode answer) {
        return answer.path("jobs").valueStream().map(one -> new Job(Launches.text(one, "jobId"),
                Launches.text(one, "campaign"), State.of(Launches.text(one, "status")),
                one.path("before").asBoolean(false))).toList();
    }
}
