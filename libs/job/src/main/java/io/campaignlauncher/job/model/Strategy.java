package io.campaignlauncher.job.model;

/** The shape of a launch. */
public enum Strategy {
    /** One campaign, N ad sets, one ad in each. */
    FOR_ALL,
    /** One campaign, 50 ad sets unless told otherwise, one ad in each. */
    ONE_FIFTY_ONE,
    /** One campaign, one ad set, N ads in it. */
    FOR_ADS,
    /** One campaign, with the ad sets and ads that the request lists, each with what it has of its own. */
    AS_LISTED
}
