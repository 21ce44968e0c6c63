package io.campaignlauncher.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What travels beside a message, as CloudEvents attributes in record headers ({@code ce_...}).
 *
 * @param id            unique with {@code source}; a repeated publication has the same id
 * @param type          the name of the Avro record
 * @param source        who wrote it, e.g. {@code /job-service}
 * @param subject       the job id; for credentials the credential id, for kill switches the name
 * @param time          UTC, when it happened
 * @param sequence      position within the job's history from 0; null for what is no event of a job
 * @param correlationId follows one request through all services; by default the job id
 * @param causationId   the id of the message that led to this one; null at the origin
 * @param traceparent   W3C trace context; null where nothing is traced
 * @param tenant        whose world the job is in; null for what is about no job, or where it is not told
 * @param owner         whose the job is; null as for the tenant
 */
public record Envelope(String id, String type, String source, String subject, Instant time, @Nullable Long sequence,
        String correlationId, @Nullable String causationId, @Nullable String traceparent, @Nullable String tenant,
        @Nullable String owner) {

    /** One that does not tell whose the job is. */
    public Envelope(String id, String type, String source, String subject, Instant time, @Nullable Long sequence,
            String correlationId, @Nullable String causationId, @Nullable String traceparent) {
        this(id, type, source, subject, time, sequence, correlationId, causationId, traceparent, null, null);
    }

    /** An envelope at the origin of a request. */
    public static Envelope of(String id, String type, String source, String subject, Instant time) {
        return new Envelope(id, type, source, subject, time, null, subject, null, null);
    }

    /** The same at another place of its trace. */
    public Envelope within(@Nullable String newTraceparent) {
        return new Envelope(id, type, source, subject, time, sequence, correlationId, causationId, newTraceparent,
                tenant, owner);
    }

    /** The same about a job of this tenant and owner. */
    public Envelope ownedBy(@Nullable String newTenant, @Nullable String newOwner) {
        return new Envelope(id, type, source, subject, time, sequence, correlationId, causationId, traceparent,
                newTenant, newOwner);
    }
}
