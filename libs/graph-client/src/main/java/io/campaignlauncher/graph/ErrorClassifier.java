package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphError.Kind;
import io.campaignlauncher.sendonce.Unanswered;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells what went wrong with a request and what to do about it; the rules are in {@link ErrorTable}. */
final class ErrorClassifier {

    private ErrorClassifier() {}

    /**
     * Facebook said no.
     *
     * @param error the {@code error} object of the answer
     * @param usage what the answer's headers said: names the wait after a limit
     */
    static GraphError refused(JsonNode error, int httpStatus, boolean isWrite, GraphUsage usage, AccessToken token) {
        var code = integer(error.path("code"));
        var subcode = integer(error.path("error_subcode"));
        var isTransient = error.path("is_transient").asBoolean(false);
        var row = code == null
                ? ErrorTable.unlisted(isTransient, httpStatus)
                : ErrorTable.find(code, subcode, isTransient, httpStatus);
        return new GraphError(row.kind(), row.doubtful() && isWrite, code, subcode, httpStatus,
                ErrorText.of(error, code, subcode, token), text(error.path("fbtrace_id")), waitFor(row, usage),
                wantedNext(subcode, error.path("error_data")));
    }

    /** An answer came and says neither yes nor no: an HTML page, a cut-off text, a null in a batch (which has no status: 0). */
    static GraphError unreadable(String what, int httpStatus, boolean isWrite) {
        var message = httpStatus == 0 ? what : what + " (HTTP " + httpStatus + ")";
        return new GraphError(Kind.TEMPORARY, isWrite, null, null, httpStatus, message, null, null);
    }

    /** No answer came. */
    static GraphError unanswered(Throwable error, boolean isWrite, AccessToken token) {
        var mayHaveLeft = !(error instanceof Unanswered known) || known.reason().mayHaveLeft();
        var message = error instanceof Unanswered ? error.getMessage() : error.toString();
        return new GraphError(Kind.TEMPORARY, isWrite && mayHaveLeft, null, null, 0,
                ErrorText.fit(message, token), null, null);
    }

    static GraphError circuitOpen() {
        return new GraphError(Kind.TEMPORARY, false, null, null, 0,
                "circuit open: Facebook failed too often just now, nothing was sent", null, null);
    }

    /** Whether it speaks of a Facebook that is down, rather than of this request or of a limit. */
    static boolean tellsOfOutage(GraphError error) {
        if (error.kind() != Kind.TEMPORARY || error.tooMuchData()) {
            return false;
        }
        var code = error.code();
        var isServerError = error.httpStatus() >= 500;
        return code == null ? isServerError || error.httpStatus() < 400 : isServerError || code == 1 || code == 2;
    }

    private static @Nullable UploadOffsets wantedNext(@Nullable Integer subcode, JsonNode data) {
        return subcode != null && subcode == ErrorTable.WRONG_OFFSET
                ? UploadOffsets.of(ErrorText.data(data)).orElse(null) : null;
    }

    private static @Nullable Duration waitFor(ErrorTable.Row row, GraphUsage usage) {
        return row.pause() == null || usage.afterRefusal().isZero() ? row.pause() : usage.afterRefusal();
    }

    private static @Nullable Integer integer(JsonNode node) {
        var value = node.asIntOpt();
        return value.isPresent() ? value.getAsInt() : null;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }
}
