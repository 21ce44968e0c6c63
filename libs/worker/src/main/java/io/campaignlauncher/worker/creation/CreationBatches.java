package io.campaignlauncher.worker.creation;

import java.util.Collection;

/**
 * How creations are put into HTTP requests: the campaign alone, each ad set with its first ads, and the ads that are left of all ad sets
 * together.
 *
 * @param adsMax ads of one request
 */
public record CreationBatches(int adsMax) {

    /** Ads that one batch may create, as Facebook advises. */
    private static final int ADS_MAX = 10;

    /** @param mutationsMax what one request may create at most; 0: as many as Facebook takes */
    public static CreationBatches within(int mutationsMax) {
        return new CreationBatches(mutationsMax == 0 ? ADS_MAX : Math.min(ADS_MAX, mutationsMax - 1));
    }

    /**
     * HTTP requests of a launch when nothing goes wrong.
     *
     * @param ads of each ad set
     */
    public int requests(Collection<Integer> ads) {
        int left = ads.stream().mapToInt(each -> Math.max(0, each - adsMax)).sum();
        return 1 + ads.size() + Math.ceilDiv(left, adsMax);
    }
}
