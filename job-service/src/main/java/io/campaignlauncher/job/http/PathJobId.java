package io.campaignlauncher.job.http;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.web.reactive.function.server.ServerRequest;

/** The job that a path names. */
final class PathJobId {

    private static final Pattern FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private PathJobId() {}

    /** @throws Problem 400 where it is no UUID */
    static UUID of(ServerRequest request) {
        return read(request.pathVariable("jobId"))
                .orElseThrow(() -> Problem.badRequest("jobId", "must be a UUID"));
    }

    /** Empty where it is no UUID. */
    static Optional<UUID> read(String text) {
        return FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
