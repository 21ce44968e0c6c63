package io.campaignlauncher.schemas;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** How a job gets its id: the same request for the same user of a tenant always names the same job. */
public final class JobIds {

    /** The tenant of whoever names none. */
    public static final String LOCAL = "local";

    private JobIds() {}

    /** Of a job of tenant {@code local}. */
    public static UUID of(String userId, String idempotencyKey) {
        return of(LOCAL, userId, idempotencyKey);
    }

    /**
     * A name-based UUID (version 3) of the UTF-8 bytes of {@code userId}, a zero byte, and {@code idempotencyKey}; with another
     * tenant than {@code local} of the tenant and a zero byte before them. None of the three holds a zero character, so no two
     * requests have the same bytes. It is the key of the record on {@code campaign.commands}.
     */
    public static UUID of(String tenant, String userId, String idempotencyKey) {
        var name = userId + '\0' + idempotencyKey;
        return UUID.nameUUIDFromBytes(
                (tenant.equals(LOCAL) ? name : tenant + '\0' + name).getBytes(StandardCharsets.UTF_8));
    }

    /** Of the job that a request asks for. */
    public static UUID of(CreateCampaign request) {
        return of(request.getTenant(), request.getUserId(), request.getIdempotencyKey());
    }
}
