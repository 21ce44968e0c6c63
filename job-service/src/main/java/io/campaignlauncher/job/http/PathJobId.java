package io.campaignlauncher.job.http;

import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.web.reactive.function.server.ServerRequest;

/** The job that a path names. */
final class PathJobId {

    private static final Pattern FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private PathJobId() {}

    /** @throws Problem 400 where it is no UUID */
    static UUID of(ServerRequest request) {
        var text = request.pathVariable("jobId");
        if (!FORM.matcher(text).matches()) {
            throw Problem.badRequest("jobId", "must be a UUID");
        }
        return UUID.fromString(text);
    }
}
