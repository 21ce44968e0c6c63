package io.campaignlauncher.tools.archive;

/** An export is not as it was written, and what shows it. Nothing is broken here, hence no stack trace. */
final class Damage extends Exception {

    Damage(String what) {
        super(what, null, false, false);
    }

    /** In a file. */
    Damage(String file, String what) {
        this(file + ": " + what);
    }
}
