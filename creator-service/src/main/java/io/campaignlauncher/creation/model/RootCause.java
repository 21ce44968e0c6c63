package io.campaignlauncher.creation.model;

/** Why something failed, in one line of a log: what lies at the bottom of it. */
public final class RootCause {

    private static final int DEPTH_MAX = 20;

    private RootCause() {}

    public static String of(Throwable failure) {
        var cause = failure;
        for (var depth = 0; depth < DEPTH_MAX && cause.getCause() != null; depth++) {
            cause = cause.getCause();
        }
        return cause.toString().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
