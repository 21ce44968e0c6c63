package io.campaignlauncher.console.http;

/** Nobody known asks, or not any more. Expected, so it carries no stack trace. */
final class LogInNeeded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LogInNeeded() {
        super("a log-in is needed", null, false, false);
    }
}
