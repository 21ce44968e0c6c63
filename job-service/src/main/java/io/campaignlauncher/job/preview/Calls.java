package io.campaignlauncher.job.preview;

import io.campaignlauncher.graph.PageSizes;
import io.campaignlauncher.worker.creation.CreationBatches;

/**
 * HTTP requests to Facebook that a launch takes when nothing goes wrong.
 *
 * @param checksBefore of the account
 * @param creation     of the campaign, and of the ad sets with their ads
 * @param checksAfter  of what was made
 */
public record Calls(int checksBefore, int creation, int checksAfter, int total) {

    static Calls of(Names names, int checksBefore, CreationBatches batches) {
        var ads = names.adSets().stream().map(adSet -> adSet.ads().size()).toList();
        int creation = batches.requests(ads);
        int most = Math.max(ads.size(), ads.stream().mapToInt(each -> each).sum());
        int checksAfter = Math.ceilDiv(most, PageSizes.ITEMS_MAX);
        return new Calls(checksBefore, creation, checksAfter, checksBefore + creation + checksAfter);
    }
}
