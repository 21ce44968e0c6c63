package io.campaignlauncher.graph;

import static io.campaignlauncher.graph.GraphError.Kind.PERMANENT;
import static io.campaignlauncher.graph.GraphError.Kind.RATE_LIMIT;
import static io.campaignlauncher.graph.GraphError.Kind.TEMPORARY;

import io.campaignlauncher.graph.GraphError.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the documented error codes of the Marketing API mean (its error reference, error-handling and rate-limiting guides, and what
 * clients report). A row is found by code and subcode, else by code alone. The {@code type} of an error says nothing: rate limits
 * arrive as {@code OAuthException}.
 */
final class ErrorTable {

    /** When a limit was met and neither header nor table names a time. */
    static final Duration LIMIT_WAIT = Duration.ofSeconds(60);

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int ANY = 0;

    /** A chunk of a video at another offset than the one that Facebook waits for: the error names the right one. */
    static final int WRONG_OFFSET = 1363037;

    /**
     * @param doubtful a write that met it may have taken effect
     * @param pause    for limits only: how long, unless the headers name a time
     */
    record Row(Kind kind, boolean doubtful, @Nullable Duration pause) {}

    private record Key(int code, int subcode) {}

    private static final Row NO = new Row(PERMANENT, false, null);
    private static final Row LATER = new Row(TEMPORARY, false, null);
    private static final Row DOUBT = new Row(TEMPORARY, true, null);
    private static final Map<Key, Row> ROWS = new HashMap<>();

    static {
        server();
        limits();
        tokenAndAccount();
        input();
        media();
    }

    private ErrorTable() {}

    private static void server() {
        rows(1, DOUBT, ANY, 99); // unknown error; 99 may be a wrong `level` of an insights read
        rows(2, DOUBT, ANY, 1342001); // service temporarily unavailable
        rows(960, DOUBT, ANY); // batch aborted: an operation it needs failed, or the batch ran out of time
        rows(100, LATER, 1504018, 1885252); // insights timed out; video still processing
    }

    private static void limits() {
        var wait = limit(LIMIT_WAIT);
        rows(4, wait, ANY, 1504022, 1504039); // limit of the app
        rows(17, wait, ANY, 2446079); // limit of the user or the account
        rows(17, limit(HOUR), 1885172); // spending limit changed more than ten times a day
        rows(32, wait, ANY); // limit of the page
        rows(341, wait, ANY); // limit of the app, which passes
        rows(613, limit(HOUR), ANY, 1487632); // abuse prevention; budget of an ad set changed too often within the hour
        rows(613, wait, 1487742); // too many calls from this account
        rows(613, limit(Duration.ofDays(1)), 1487225); // ads created a day, tied to the spending limit
        rows(613, limit(Duration.ofSeconds(1)), 5044001); // more than 100 writes a second
        for (var code : new int[]{ 80000, 80001, 80002, 80003, 80004, 80005, 80006, 80008, 80009, 80014 }) {
            rows(code, wait, ANY); // limit of a business use case
        }
    }

    private static void tokenAndAccount() {
        rows(102, NO, ANY); // session invalid
        rows(104, NO, ANY); // bad signature
        rows(190, NO, ANY, 458, 459, 460, 461, 463, 464, 467, 492); // token invalid or expired, and why
        rows(368, NO, ANY); // blocked as abusive or against policy
        rows(415, NO, ANY); // two factors needed
        rows(457, NO, ANY); // session of another origin
        rows(10, NO, ANY); // the app lacks the permission
        IntStream.rangeClosed(200, 299).forEach(code -> rows(code, NO, ANY)); // permission missing
        rows(200, NO, 1870034, 1870047, 1870090); // terms not accepted; audience too small
    }

    private static void input() {
        rows(100, NO, ANY); // invalid parameter, the catch-all
        rows(100, NO, 33); // missing, not visible, or operation not supported
        rows(100, LATER, 1487390); // a creative that often passes when asked again, after a few tries a no: the job counts
        rows(100, NO, 1487006, 1487033, 1487056, 1487202, 1487694, 1487748, 1487756); // policy, times, states, roles, targeting
        rows(100, NO, 1359187, 1772103, 1815199, 1815857, 1885183, 2446386, 2446428, 2446455, 2446461, 2909034,
                3858258);
        rows(100, NO, 1885272, 1885621, 1885650, 2446307, 4834011, 2446811); // budgets, and 150 ads
        rows(100, NO, 3858079, 3858081, 1752129); // who pays and benefits (EU); tasks that do not go together
        rows(352, NO, ANY, 1363024); // video format
        for (var code : new int[]{ 3, 105, 194, 500, 506, 801, 803, 900, 2500, 2635, 2641, 2695, 3018 }) {
            rows(code, NO, ANY);
        }
    }

    /**
     * The Video API's reference of error codes, and what clients report; other subcodes of 6000 are told apart by
     * {@code is_transient}.
     */
    private static void media() {
        rows(100, LATER, 1487833); // image not downloaded
        rows(100, NO, 1487411, 1487197, 1443226); // type of image; image not processed; no thumbnail
        rows(6001, LATER, WRONG_OFFSET);
        for (var code : new int[]{ 6000, 6001 }) {
            rows(code, LATER, 1363019, 1363033); // to be sent again; a part of the chunk arrived
            rows(code, NO, 1363030, 1363045); // the session timed out; the size is not the one announced
            rows(code, NO, 1363005, 1363020, 1363022, 1363023, 1363024, 1363031, 1363042); // rights, size, format
        }
    }

    private static Row limit(Duration wait) {
        return new Row(RATE_LIMIT, false, wait);
    }

    private static void rows(int code, Row row, int... subcodes) {
        for (var subcode : subcodes) {
            ROWS.put(new Key(code, subcode), row);
        }
    }

    /** For a code that is in no row, only what else the answer says is left: a passing fault, a broken server, or a no. */
    static Row find(int code, @Nullable Integer subcode, boolean isTransient, int httpStatus) {
        var exact = subcode == null ? null : ROWS.get(new Key(code, subcode));
        var row = exact != null ? exact : ROWS.get(new Key(code, ANY));
        return row != null ? row : unlisted(code < 0 || isTransient, httpStatus);
    }

    /** For an error that names no code. */
    static Row unlisted(boolean isPassing, int httpStatus) {
        return isPassing || httpStatus >= 500 ? DOUBT : NO;
    }
}
