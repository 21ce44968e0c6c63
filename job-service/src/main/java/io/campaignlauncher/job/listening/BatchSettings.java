package io.campaignlauncher.job.listening;

import java.time.Duration;

/**
 * How a batch listener reads.
 *
 * @param threads       consumers of this process
 * @param pollMax       records of one poll
 * @param linger        between two polls, so that records gather
 * @param retryDelay    before a poll that failed is tried again; doubles with each try
 * @param retryDelayMax no wait is longer
 */
public record BatchSettings(int threads, int pollMax, Duration linger, Duration retryDelay, Duration retryDelayMax) {}
