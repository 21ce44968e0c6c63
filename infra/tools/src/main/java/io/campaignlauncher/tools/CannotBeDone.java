package io.campaignlauncher.tools;

/** What was asked for is refused, with a reason for a person. Nothing is broken, hence no stack trace. */
final class CannotBeDone extends RuntimeException {

    CannotBeDone(String reason) {
        super(reason, null, false, false);
    }
}
