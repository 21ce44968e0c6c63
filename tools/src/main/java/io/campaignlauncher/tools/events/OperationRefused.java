package io.campaignlauncher.tools.events;

/** What was asked for is refused, with a reason for a person. Nothing is broken, hence no stack trace. */
public final class OperationRefused extends RuntimeException {

    public OperationRefused(String reason) {
        super(reason, null, false, false);
    }
}
