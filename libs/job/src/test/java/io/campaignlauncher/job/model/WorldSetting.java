package io.campaignlauncher.job.model;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What a random history is made from: the same setting always gives the same history.
 *
 * @param trouble   how often something goes wrong, per thousand occasions
 * @param kindAfter steps after which nothing goes wrong any more
 * @param cancelled after so many milliseconds somebody cancels the job, and later once more; -1: nobody does
 */
record WorldSetting(long seed, int adSets, Strategy strategy, int retryBudget, RollbackPolicy rollbackPolicy,
        int trouble,
        int kindAfter, int cancelled) {

    static final int NEVER = -1;
    private static final MediaFile CLIP = new MediaFile("clip.mp4", MediaType.VIDEO, "77", null);

    /** What is known of what the request names: for every other seed it is a video. */
    List<MediaFile> media() {
        return seed % 2 == 0 ? List.of() : List.of(CLIP);
    }

    LaunchRequest request() {
        return strategy == Strategy.AS_LISTED ? listed() : alike();
    }

    /** 1 to 5 ads in each ad set, most of which have no name of their own. */
    private LaunchRequest listed() {
        var request = sample();
        var random = new Random(seed);
        request.adSetCount = null;
        request.variations = RequestSample.listing(IntStream.rangeClosed(1, adSets)
                .mapToObj(i -> new ListedAdSet("Set " + i, i % 3 == 0 ? 100L + i : null, null, null, null, Map.of(),
                        IntStream.rangeClosed(1, random.nextInt(1, 6)).mapToObj(k -> new ListedAd(
                                k == 1 ? "First of " + i : null, "{\"creative_id\":\"" + k + "\"}", Map.of()))
                                .toList()))
                .toList());
        return request.build();
    }

    private LaunchRequest alike() {
        var request = sample();
        request.adSetCount = strategy == Strategy.FOR_ADS ? 1 : adSets;
        request.adCount = strategy == Strategy.FOR_ADS ? adSets : null;
        return request.build();
    }

    private RequestSample sample() {
        var request = new RequestSample();
        request.strategy = strategy;
        request.retryBudget = retryBudget;
        request.rollbackPolicy = rollbackPolicy;
        request.startAt = WorldStart.drawn(new Random(seed));
        return request;
    }
}
