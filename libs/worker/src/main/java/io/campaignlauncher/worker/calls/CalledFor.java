package io.campaignlauncher.worker.calls;

import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.GraphCallPurpose;

/**
 * The piece of work that needs requests.
 *
 * @param reads   what requests are for that change nothing
 * @param changes what the others are for
 * @param attempt the creation round, the verification or the deletion pass
 * @param cause   of the message that led to it
 */
public record CalledFor(String jobId, GraphCallPurpose reads, GraphCallPurpose changes, int attempt, Envelope cause) {}
