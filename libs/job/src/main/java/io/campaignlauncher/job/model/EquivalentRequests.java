package io.campaignlauncher.job.model;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Requests that ask for the same and differ in their fields: a default is written out, or left out. */
final class EquivalentRequests {

    private EquivalentRequests() {}

    /** The request and every other one of its kind: at most 32. */
    static Stream<LaunchRequest> variants(LaunchRequest r, JobPolicy policy) {
        var adSets = RequestRules.adSetsByDefault(r);
        var ads = RequestRules.adsByDefault(r);
        return either(r.adSetCount(), adSets).flatMap(adSetCount -> either(r.adCount(), ads)
                .flatMap(adCount -> either(r.retryBudget(), policy.retryBudget())
                        .flatMap(retryBudget -> either(r.rollbackPolicy(), RollbackPolicy.AUTOMATIC)
                                .flatMap(rollbackPolicy -> either(r.duplicateName(), policy.duplicateName())
                                        .map(duplicateName -> new LaunchRequest(r.idempotencyKey(), r.userId(),
                                                r.adAccountId(), r.credentialId(), r.strategy(), adSetCount.value(),
                                                adCount.value(), r.pageId(), r.pixelId(), r.campaign(), r.adSet(),
                                                r.ad(), retryBudget.value(), rollbackPolicy.value(),
                                                duplicateName.value(), r.webhook(), r.priority(), r.ownership(),
                                                r.variations(), r.startAt(), r.mediaUpload()))))));
    }

    private record Given<T>(@Nullable T value) {}

    /** What was given; and where that is the default, or nothing, both. */
    private static <T> Stream<Given<T>> either(@Nullable T given, @Nullable T otherwise) {
        return otherwise != null && (given == null || given.equals(otherwise))
                ? Stream.of(new Given<>(null), new Given<>(otherwise))
                : Stream.of(new Given<>(given));
    }
}
