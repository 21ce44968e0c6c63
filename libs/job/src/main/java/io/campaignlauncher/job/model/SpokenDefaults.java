package io.campaignlauncher.job.model;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Requests that ask for the same in other words: a default is said, or left out. */
final class SpokenDefaults {

    private SpokenDefaults() {}

    /** The request and every other one of its kind: at most 32. */
    static Stream<LaunchRequest> variants(LaunchRequest r, JobPolicy policy) {
        var adSets = RequestRules.adSetsByDefault(r.strategy());
        var ads = r.strategy() == Strategy.FOR_ADS ? null : Integer.valueOf(RequestRules.adSetsWanted(r));
        return either(r.adSetCount(), adSets).flatMap(adSetCount -> either(r.adCount(), ads)
                .flatMap(adCount -> either(r.retryBudget(), policy.retryBudget())
                        .flatMap(retryBudget -> either(r.rollbackPolicy(), RollbackPolicy.AUTOMATIC)
                                .flatMap(rollbackPolicy -> either(r.duplicateName(), policy.duplicateName())
                                        .map(duplicateName -> new LaunchRequest(r.idempotencyKey(), r.userId(),
                                                r.adAccountId(), r.credentialId(), r.strategy(), adSetCount.value(),
                                                adCount.value(), r.pageId(), r.pixelId(), r.campaign(), r.adSet(),
                                                r.ad(), retryBudget.value(), rollbackPolicy.value(),
                                                duplicateName.value(), r.webhook(), r.priority()))))));
    }

    private record Said<T>(@Nullable T value) {}

    /** What was said; and where that is the default, or nothing, both. */
    private static <T> Stream<Said<T>> either(@Nullable T said, @Nullable T otherwise) {
        return otherwise != null && (said == null || said.equals(otherwise))
                ? Stream.of(new Said<>(null), new Said<>(otherwise))
                : Stream.of(new Said<>(said));
    }
}
