package io.campaignlauncher.job.model;

/**
 * Whose a job is. It never changes.
 *
 * @param tenant whose world it is in
 * @param owner  the subject of who asked for it, as their issuer names them; for whom it is launched the request says
 */
public record Ownership(String tenant, String owner) {

    /** Of every job of a time when nobody was told apart, and of a request that does not say. */
    public static final Ownership LOCAL = new Ownership("local", "local");
}
