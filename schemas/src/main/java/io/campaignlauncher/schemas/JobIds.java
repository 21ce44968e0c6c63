package io.campaignlauncher.schemas;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** How a job gets its id: the same request of the same user always names the same job. */
public final class JobIds {

    private JobIds() {}

    /**
     * A name-based UUID (version 3) of the UTF-8 bytes of {@code userId}, a zero byte, and {@code idempotencyKey}.
     * It is the key of the record on {@code campaign.commands}.
     */
    public static UUID of(String userId, String idempotencyKey) {
        return UUID.nameUUIDFromBytes((userId + '\0' + idempotencyKey).getBytes(StandardCharsets.UTF_8));
    }
}
