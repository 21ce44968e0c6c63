package io.campaignlauncher.job.view;

import java.time.Instant;
import java.util.UUID;

/**
 * An event of a job, not decoded yet; the same whether it comes from the topic or from the event store.
 *
 * @param sequence its place in the job's history, from 0
 * @param at       when it happened
 * @param type     the name of the Avro record
 * @param payload  Avro single-object encoding
 */
record StoredFact(UUID jobId, long sequence, Instant at, String type, byte[] payload) {}
