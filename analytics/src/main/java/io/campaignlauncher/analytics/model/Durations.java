package io.campaignlauncher.analytics.model;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long something took, many times: count and sum exactly, percentiles at most a twentieth too high. Of bounded size, and
 * two can be added.
 */
public final class Durations {

    private static final double GROWTH = 1.05;
    /** The last bucket begins beyond 30 days. */
    private static final int BUCKETS = 445;

    private int[] buckets = {};
    private long count;
    private long sumMs;
    private long maxMs;

    void add(Duration took) {
        var ms = Math.max(0, took.toMillis());
        var bucket = bucket(ms);
        reach(bucket + 1);
        buckets[bucket]++;
        count++;
        sumMs += ms;
        maxMs = Math.max(maxMs, ms);
    }

    void add(Durations others) {
        reach(others.buckets.length);
        for (var i = 0; i < others.buckets.length; i++) {
            buckets[i] += others.buckets[i];
        }
        count += others.count;
        sumMs += others.sumMs;
        maxMs = Math.max(maxMs, others.maxMs);
    }

    public long count() {
        return count;
    }

    public Duration sum() {
        return Duration.ofMillis(sumMs);
    }

    public Duration max() {
        return Duration.ofMillis(maxMs);
    }

    /** What a share of them did not exceed, in seconds; NaN where there are none. @param share over 0 up to 1 */
    public double percentileSeconds(double share) {
        if (share <= 0 || share > 1) {
            throw new IllegalArgumentException("a percentile is of a share over 0 up to 1, not " + share);
        }
        var rank = (long) Math.ceil(share * count);
        var seen = 0L;
        for (var bucket = 0; bucket < buckets.length; bucket++) {
            seen += buckets[bucket];
            if (seen >= rank && seen > 0) {
                return Math.min(maxMs, upperMs(bucket)) / 1000.0;
            }
        }
        return Double.NaN;
    }

    private void reach(int length) {
        if (length > buckets.length) {
            buckets = Arrays.copyOf(buckets, length);
        }
    }

    /** Bucket 0 is 0 ms; bucket i holds what is up to GROWTH^(i-1) ms. */
    private static int bucket(long ms) {
        return ms == 0 ? 0 : Math.min(BUCKETS, 1 + (int) Math.ceil(Math.log(ms) / Math.log(GROWTH) - 1e-9));
    }

    private static long upperMs(int bucket) {
        return bucket == 0 ? 0 : (long) Math.floor(Math.pow(GROWTH, bucket - 1) + 1e-6);
    }
}
