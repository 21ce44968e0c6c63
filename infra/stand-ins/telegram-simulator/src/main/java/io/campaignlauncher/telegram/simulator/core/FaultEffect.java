package io.campaignlauncher.telegram.simulator.core;

import io.campaignlauncher.standin.Commit;
import io.campaignlauncher.standin.Fate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a {@link Fault} does to a call it fires on. Where several replace the answer, the first one does. */
public sealed interface FaultEffect {

    /** No answer arrives; the call takes effect as {@code commit} says. */
    record NoAnswer(Commit commit, Fate fate) implements FaultEffect {
        public NoAnswer {
            if (!fate.isNoAnswer()) {
                throw new IllegalArgumentException("no answer means CONNECTION_CLOSED, CONNECTION_RESET or SILENCE");
            }
        }
    }

    /**
     * An error of the API, which may be a lie.
     *
     * @param description        whole, with its prefix
     * @param retryAfterSeconds  null: none is told
     */
    record Refused(Commit commit, int code, String description,
            @Nullable Integer retryAfterSeconds) implements FaultEffect {}

    /** Something that is no answer of the API: a page of a proxy, or an empty body. @param contentType empty: none */
    record Page(Commit commit, int status, String contentType, String body) implements FaultEffect {}

    /** The call takes effect, and its answer is damaged. */
    record Damaged(Damage damage) implements FaultEffect {}

    /** Several may strike one answer, in this order: what is cut has no contents any more. */
    enum Damage {
        /** {@code message_id} is 0. */
        MESSAGE_ID_ZERO,
        /** The answer is complete for HTTP, its JSON is not. */
        HALF_JSON,
        /** The connection is closed in the middle of the body. */
        HALF_SENT
    }

    /** The answer is late by this much; the call takes effect at once. */
    record Slow(Duration by) implements FaultEffect {}

    /**
     * Before the call takes effect, others post in its chat.
     *
     * @param byBot       whether another bot does, or a person
     * @param deletedThen whether these posts are gone again when the call takes effect: ids that nobody has
     */
    record OthersPost(int count, boolean byBot, boolean deletedThen) implements FaultEffect {
        public OthersPost {
            if (count < 1 || count > 1000) {
                throw new IllegalArgumentException("count within 1..1000: " + count);
            }
        }
    }

    /** What the call posts is removed by an administrator after this long. */
    record PostRemoved(Duration after) implements FaultEffect {}

    /** Before the call takes effect the bot loses something, for good. */
    record BotLoses(Loss loss) implements FaultEffect {}

    enum Loss {
        /** {@code can_post_messages} in the call's chat. */
        POSTING,
        /** Its membership of the call's chat: it is kicked. */
        MEMBERSHIP,
        /** Its token is revoked. */
        TOKEN
    }

    /** Before the call takes effect its chat (of a forward, the one it comes from) gets protected content. */
    record ContentProtected() implements FaultEffect {}

    /** No read finds what the call posts, for this long. */
    record HiddenFor(Duration during) implements FaultEffect {}

    /** The read of a message that the call begins with is refused, which reads as "not found". */
    record ReadRefused() implements FaultEffect {}

    /** The call took effect and its answer is lost: the connection is closed. */
    static FaultEffect answerLost() {
        return new NoAnswer(Commit.atOnce(), Fate.CONNECTION_CLOSED);
    }

    /** The call is swallowed: it never takes effect, and the client waits in vain. */
    static FaultEffect swallowed() {
        return new NoAnswer(Commit.never(), Fate.SILENCE);
    }

    /** The client waits in vain; the call takes effect later, perhaps after it gave up. */
    static FaultEffect committedLate(Duration after) {
        return new NoAnswer(Commit.after(after), Fate.SILENCE);
    }

    static FaultEffect tooManyRequests(Commit commit, int retryAfterSeconds) {
        return new Refused(commit, 429, "Too Many Requests: retry after " + retryAfterSeconds, retryAfterSeconds);
    }

    static FaultEffect restart(Commit commit) {
        return new Refused(commit, 500, "Internal Server Error: restart", null);
    }

    static FaultEffect unauthorized(Commit commit) {
        return new Refused(commit, 401, "Unauthorized", null);
    }

    static FaultEffect loggedOut(Commit commit) {
        return new Refused(commit, 400, "Bad Request: Logged out", null);
    }

    static FaultEffect gatewayPage(Commit commit, int status) {
        return new Page(commit, status, "text/html", "<html>\r\n<head><title>" + status
                + " Bad Gateway</title></head>\r\n<body>\r\n<center><h1>" + status
                + " Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n");
    }

    static FaultEffect gatewayJson(Commit commit) {
        return new Refused(commit, 502, "Bad Gateway", null);
    }

    static FaultEffect emptyBody(Commit commit, int status) {
        return new Page(commit, status, "", "");
    }
}
