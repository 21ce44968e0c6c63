package io.campaignlauncher.job.model;

/** A mistake in a request. @param field its path, as in the HTTP body, e.g. {@code campaign.name} */
public record Violation(String field, String message) {

    /** As one sentence. */
    public String described() {
        return field + " " + message;
    }
}
