package io.campaignlauncher.worker;

/** A handler will never do what the record asks for: it goes to the dead letters, and is not handled again before. */
public final class RecordRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason names the field, or what stands against it; no secrets */
    public RecordRefused(String reason) {
        super(reason, null, false, false);
    }
}
