package io.campaignlauncher.job.model;

/**
 * What a random history is made from: the same setting always gives the same history.
 *
 * @param trouble   how often something goes wrong, per thousand occasions
 * @param kindAfter steps after which nothing goes wrong any more
 */
record WorldSetting(long seed, int adSets, Strategy strategy, int retryBudget, RollbackPolicy rollbackPolicy,
        int trouble,
        int kindAfter) {

    LaunchRequest request() {
        var request = new RequestSample();
        request.strategy = strategy;
        request.adSetCount = strategy == Strategy.FOR_ADS ? 1 : adSets;
        request.adCount = strategy == Strategy.FOR_ADS ? adSets : null;
        request.retryBudget = retryBudget;
        request.rollbackPolicy = rollbackPolicy;
        return request.build();
    }
}
