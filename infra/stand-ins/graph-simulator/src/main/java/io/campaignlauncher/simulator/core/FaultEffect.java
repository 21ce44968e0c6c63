package io.campaignlauncher.simulator.core;

import io.campaignlauncher.standin.Commit;
import io.campaignlauncher.standin.Fate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Fault} does to an operation it fires on. Effects on the connection ({@link NoAnswer}, {@link HtmlPage},
 * {@link Slow}) strike the whole HTTP call, so the whole batch when the operation is one of a batch.
 */
public sealed interface FaultEffect {

    /** Whether it changes what becomes of a created object and nothing else. */
    default boolean isAboutObjects() {
        return switch (this) {
            case SilentFailure _,Reviewed _,UnknownStatus _,EdgeLag _,HiddenById _,CreativeReused _,Encoding _ -> true;
            case NoAnswer _,HtmlPage _,Slow _,ServerError _,ErrorAt200 _,NullElement _,Aborted _,BatchCutShort _,Refused _,TooMuchData _,RateLimited _,UsageRising _,UsageOfOthers _,UsageInsideOnly _,TokenRefused _,AccountTurns _,PolicyBlock _,ChunkCut _,SessionExpired _ ->
                false;
        };
    }

    /** No answer arrives: the connection is closed, or stays silent; the operations take effect as {@code commit} says. */
    record NoAnswer(Commit commit, Fate fate) implements FaultEffect {
        public NoAnswer {
            if (!fate.isNoAnswer()) {
                throw new IllegalArgumentException("no answer means CONNECTION_CLOSED, CONNECTION_RESET or SILENCE");
            }
        }
    }

    /** A page of HTML where JSON belongs; with status 200 it is the "Service Unavailable" page that some proxies send. */
    record HtmlPage(Commit commit, int status) implements FaultEffect {}

    /** The answer is late by this much; the operations took effect at once. */
    record Slow(Duration by) implements FaultEffect {}

    /** HTTP 500, code 2, transient. */
    record ServerError(Commit commit) implements FaultEffect {}

    /** HTTP 200 whose body is an error (code 2). */
    record ErrorAt200(Commit commit) implements FaultEffect {}

    /** A null element in a batch; the body {@code null} outside of one. */
    record NullElement(Commit commit) implements FaultEffect {}

    /** Code 960: request aborted. */
    record Aborted(Commit commit) implements FaultEffect {}

    /** The batch runs out of time: this operation and all after it have null elements and take effect as told. */
    record BatchCutShort(Commit commit) implements FaultEffect {}

    /** A success with an id, and nothing stored; what the same call hangs below it is not stored either. */
    record SilentFailure() implements FaultEffect {}

    /** An error of choice, nothing stored. */
    record Refused(int status, int code, @Nullable Integer subcode, String message, boolean isTransient)
            implements
                FaultEffect {

        public Refused(int status, int code, @Nullable Integer subcode, String message) {
            this(status, code, subcode, message, false);
        }
    }

    /** An image that Facebook could not fetch, which passes: 1487833. */
    static FaultEffect imageNotFetched() {
        return new Refused(400, 100, 1487833, "Image wasn't downloaded", true);
    }

    /**
     * A read of an edge that asks for more items a page than this is refused: HTTP 500, code 1, "Please reduce the amount of data".
     *
     * @param edge e.g. {@code ads}; null: every edge
     */
    record TooMuchData(int itemsMax, @Nullable String edge) implements FaultEffect {}

    /** The account is limited from now on for this long. */
    record RateLimited(RateLimit limit, Duration during) implements FaultEffect {}

    /** Usage headers rise by this many percent a call; at 100 the account is limited (80004, minutes) for this long. */
    record UsageRising(double percentStep, Duration limitedDuring) implements FaultEffect {}

    /**
     * From now on the account's usage headers also name limits that have been met and are not its own to create by: {@code
     * ads_insights} of the account and {@code ads_management} of another one, 100 percent, for this long.
     */
    record UsageOfOthers(Duration named) implements FaultEffect {}

    /** For {@code BATCH}: usage headers come with the entries alone, not with the answer around them. */
    record UsageInsideOnly() implements FaultEffect {}

    /** The token is refused (190 with this subcode, e.g. 463 expired, 467 logged out). */
    record TokenRefused(int subcode) implements FaultEffect {}

    /** The account's status turns to this one (2 disabled, 3 unsettled, ...) and stays so. */
    record AccountTurns(int accountStatus) implements FaultEffect {}

    /** The account is blocked by policy (368) for this long. */
    record PolicyBlock(Duration during) implements FaultEffect {}

    /** The created ad shows this effective status (DISAPPROVED, WITH_ISSUES) after this long. */
    record Reviewed(String effectiveStatus, Duration after) implements FaultEffect {}

    /** The created object shows an effective status that no enum knows. */
    record UnknownStatus(String effectiveStatus) implements FaultEffect {}

    /** The created object appears on edges only after this long. */
    record EdgeLag(Duration lag) implements FaultEffect {}

    /** Reading the created object by id answers 100/33 for this long. */
    record HiddenById(Duration during) implements FaultEffect {}

    /** A creative equal to an existing one gets the existing one's id. */
    record CreativeReused() implements FaultEffect {}

    /** Of a chunk of a video only this share of its bytes is taken, from its beginning. */
    record ChunkCut(int percent) implements FaultEffect {
        public ChunkCut {
            if (percent < 0 || percent > 99) {
                throw new IllegalArgumentException("a chunk that is cut keeps 0 to 99 percent, not " + percent);
            }
        }
    }

    /** The upload session of a video is over before this operation, whatever it was about to do. */
    record SessionExpired() implements FaultEffect {}

    /** A video that is complete is encoded for this long, and then so. */
    record Encoding(Duration takes, EncodingEnd end) implements FaultEffect {}

    /** The answer is lost after everything took effect: the connection is closed. */
    static FaultEffect replyLost() {
        return new NoAnswer(Commit.atOnce(), Fate.CONNECTION_CLOSED);
    }

    /** The request is lost before anything took effect: the connection is closed. */
    static FaultEffect requestLost() {
        return new NoAnswer(Commit.never(), Fate.CONNECTION_CLOSED);
    }

    /** Everything took effect and the client waits in vain. */
    static FaultEffect timeout() {
        return new NoAnswer(Commit.atOnce(), Fate.SILENCE);
    }

    /** The client waits in vain; everything takes effect later, perhaps after it gave up. */
    static FaultEffect committedLate(Duration after) {
        return new NoAnswer(Commit.after(after), Fate.SILENCE);
    }

    /** The account is disabled in the middle of the work: creates are refused from this one on. */
    static FaultEffect accountDisabled() {
        return new AccountTurns(2);
    }
}
