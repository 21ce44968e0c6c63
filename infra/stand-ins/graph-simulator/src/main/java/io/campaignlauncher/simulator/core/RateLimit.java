package io.campaignlauncher.simulator.core;

import org.jspecify.annotations.Nullable;

/** The limits of graph-api.md section 4 with the error each of them answers with and the operations it refuses. */
public enum RateLimit {
    USER_CALLS(17, 2446079, "User request limit reached", "There have been too many calls from this ad-account."),
    ACCOUNT_CALLS(613, 1487742, "Calls to this api have exceeded the rate limit.",
            "There have been too many calls from this ad-account."),
    MUTATIONS(613, 5044001, "Calls to this api have exceeded the rate limit.",
            "The account sends more than its changes per second."),
    AD_CREATION_CAP(613, 1487225, "Calls to this api have exceeded the rate limit.",
            "The number of ads that can be created today is limited by the account's spending limit."),
    APP_CALLS(4, null, "Application request limit reached", "The app sends too many calls."),
    BUSINESS(80004, null, "There have been too many calls to this ad-account. Wait a bit and try again.",
            "There have been too many calls to this ad-account.");

    final int code;
    final @Nullable Integer subcode;
    final String message;
    final String userMessage;

    RateLimit(int code, @Nullable Integer subcode, String message, String userMessage) {
        this.code = code;
        this.subcode = subcode;
        this.message = message;
        this.userMessage = userMessage;
    }

    boolean refuses(FaultTarget kind) {
        return switch (this) {
            case USER_CALLS, ACCOUNT_CALLS, APP_CALLS, BUSINESS -> true;
            case MUTATIONS -> kind.isWrite();
            case AD_CREATION_CAP -> kind == FaultTarget.CREATE_AD || kind == FaultTarget.COPY;
        };
    }

    /** Whether {@code X-Business-Use-Case-Usage} (minutes) tells of it; the others are told by the account's header (seconds). */
    boolean toldInMinutes() {
        return this == BUSINESS;
    }

    GraphRefusal refusal() {
        return GraphRefusal.of(code == 4 ? 403 : 400, code, subcode, "(#" + code + ") " + message)
                .user("Too many calls",
                        userMessage)
                .transientOne(code == 4 || code == 17);
    }
}
