package io.campaignlauncher.market.model;

import java.time.Duration;

/**
 * What the operator decides about the marketplace.
 *
 * @param commissionBasisPoints what the marketplace keeps of a post's price, in hundredths of a per cent, 0 to 10,000; fixed for a
 *                              target when its money is held
 * @param launchPrice           the price of a target on Facebook; no publisher is paid there, so all of it is the marketplace's
 * @param reviewTime            a submitted target that nobody has judged for so long is rejected
 * @param postingTime           a post that has not gone out so long after its time, or after its approval, is refunded
 * @param startsMax             how often the posting of one target may be started
 */
public record MarketPolicy(int commissionBasisPoints, Money launchPrice, Duration reviewTime, Duration postingTime,
        int startsMax) {

    /** Targets of one campaign: the bound of what a cancel decides on at once. */
    public static final int TARGETS_MAX = 1_000;

    public static final MarketPolicy DEFAULT = new MarketPolicy(1_000, Money.of("10.00"), Duration.ofDays(3),
            Duration.ofDays(2), 20);

    public MarketPolicy {
        if (commissionBasisPoints < 0 || commissionBasisPoints > 10_000) {
            throw new IllegalArgumentException("the commission must be 0 to 10000 basis points");
        }
        if (launchPrice.compareTo(Money.ZERO) <= 0) {
            throw new IllegalArgumentException("the price of a launch must be above zero");
        }
        if (!reviewTime.isPositive() || !postingTime.isPositive()) {
            throw new IllegalArgumentException("the times for review and posting must be above zero");
        }
        if (startsMax < 1 || startsMax > 1_000) {
            throw new IllegalArgumentException("a post may be started 1 to 1000 times");
        }
    }

    /** What the marketplace keeps. */
    Money commission(Place place, Money price) {
        return switch (place) {
            case Place.TelegramPost _ -> price.part(commissionBasisPoints);
            case Place.FacebookLaunch _ -> price;
        };
    }
}
