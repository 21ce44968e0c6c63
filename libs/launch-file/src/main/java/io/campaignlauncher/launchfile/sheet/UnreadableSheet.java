package io.campaignlauncher.launchfile.sheet;

/** A file of which nothing is read, with a sentence about what to do. */
public final class UnreadableSheet extends Exception {

    public enum Reason {
        EMPTY,
        TOO_LARGE,
        TOO_MANY_ROWS,
        /** Neither text with known columns nor a workbook that has them. */
        NO_KNOWN_COLUMNS,
        /** Cut off or broken on its way. */
        DAMAGED,
        /** Made to cost whoever reads it more than it could say. */
        UNSAFE
    }

    private final Reason reason;

    public UnreadableSheet(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    UnreadableSheet(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What {@link #getMessage()} says. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
