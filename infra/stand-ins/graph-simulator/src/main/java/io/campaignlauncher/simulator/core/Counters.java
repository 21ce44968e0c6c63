package io.campaignlauncher.simulator.core;

import java.util.Map;

/**
 * What has been asked since the start.
 *
 * @param calls      HTTP calls
 * @param unanswered those of them that got no answer
 * @param operations by kind, those in batches too; BATCH counts the calls around them
 * @param errors     by error code
 */
public record Counters(long calls, long unanswered, Map<FaultTarget, Long> operations, Map<Integer, Long> errors) {}
