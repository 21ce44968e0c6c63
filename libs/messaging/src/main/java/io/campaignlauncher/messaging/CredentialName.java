package io.campaignlauncher.messaging;

import java.util.Comparator;

/**
 * Under which name an access token is stored. Only jobs of its tenant may use it; one that they may not use is for them one that
 * there is not.
 *
 * @param id without a slash; one with a slash names no credential
 */
public record CredentialName(String tenant, String id) implements Comparable<CredentialName> {

    private static final Comparator<CredentialName> ORDER = Comparator.comparing(CredentialName::tenant)
            .thenComparing(CredentialName::id);

    /** The tenant whose credentials bear their id alone on the topic, as all did before there were others. */
    private static final String LOCAL = "local";
    private static final String SLASH = "/";

    /** A credential of tenant {@code local}. */
    public static CredentialName local(String id) {
        return new CredentialName(LOCAL, id);
    }

    /** The key of its record on the topic, which is bound into what is encrypted: the id, with another tenant {@code tenant/id}. */
    String key() {
        return tenant.equals(LOCAL) ? id : tenant + SLASH + id;
    }

    /** By tenant, then by id. */
    @Override
    public int compareTo(CredentialName other) {
        return ORDER.compare(this, other);
    }

    /** Whether no other name has the same key. */
    boolean isPlain() {
        return !tenant.contains(SLASH) && !tenant.isBlank() && !id.contains(SLASH) && !id.isBlank();
    }
}
