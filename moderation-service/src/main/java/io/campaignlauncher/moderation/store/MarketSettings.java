package io.campaignlauncher.moderation.store;

import io.campaignlauncher.market.model.MarketPolicy;
import io.campaignlauncher.market.model.Money;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the operator decides about the marketplace.
 *
 * @param commissionBasisPoints what the marketplace keeps of a post's price, in hundredths of a per cent, 0 to 10000; fixed for a target
 *     when its money is held
 * @param launchPrice           the price of a target on Facebook, all of which the marketplace keeps; a decimal number
 * @param reviewTime            a target that nobody has judged for so long is rejected
 * @param postingTime           a post that has not gone out so long after its time, or after its approval, is refunded
 * @param startsMax             how often the posting of one target may be started
 * @param deadlinesEvery        how often it is looked for posts that may go out, and for what is late
 * @param ledgerCheckEvery      how often the invariants of the ledger are looked at
 */
@ConfigurationProperties("launch.market")
public record MarketSettings(@DefaultValue("1000") int commissionBasisPoints, @DefaultValue("10.00") String launchPrice,
        @DefaultValue("3d") Duration reviewTime, @DefaultValue("2d") Duration postingTime,
        @DefaultValue("20") int startsMax, @DefaultValue("1s") Duration deadlinesEvery,
        @DefaultValue("1m") Duration ledgerCheckEvery) {

    public MarketSettings {
        var mistake = Money.mistake(launchPrice);
        if (mistake != null) {
            throw new IllegalArgumentException("launch.market.launch-price " + mistake);
        }
        if (!deadlinesEvery.isPositive() || !ledgerCheckEvery.isPositive()) {
            throw new IllegalArgumentException(
                    "launch.market.deadlines-every and launch.market.ledger-check-every must be positive");
        }
    }

    /** @throws IllegalArgumentException where it breaks a rule, in one sentence */
    public MarketPolicy policy() {
        return new MarketPolicy(commissionBasisPoints, Money.of(launchPrice), reviewTime, postingTime, startsMax);
    }
}
