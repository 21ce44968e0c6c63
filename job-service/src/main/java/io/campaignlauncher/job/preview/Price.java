package io.campaignlauncher.job.preview;

import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.request.SlotSpecs;
import io.campaignlauncher.launchfile.Account;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The budgets of a launch, in the currency of its account.
 *
 * @param currency ISO code; null where Facebook did not say
 * @param decimals decimal places of the currency as Facebook counts it; null where that is not known
 * @param timeZone of the account: its days are counted there; null where Facebook did not say
 * @param campaign the campaign's budget; null where each ad set has one
 * @param adSets   in their order; empty where the campaign has the budget
 */
public record Price(@Nullable String currency, @Nullable Integer decimals, @Nullable String timeZone,
        @Nullable Budget campaign, List<Budget> adSets, Total total) {

    /** @param amount in major units; null where the currency's decimal places are not known */
    public record Amount(BigInteger minorUnits, @Nullable String amount) {}

    /**
     * One of {@code daily} and {@code lifetime} is there.
     *
     * @param days that its run touches; null where its begin or end is not said
     */
    public record Budget(@Nullable Amount daily, @Nullable Amount lifetime, @Nullable Integer days) {}

    /**
     * @param daily      of all daily budgets; null where there is none
     * @param overItsRun no more is spent in all; null where a daily budget has no known end
     * @param days       of the longest run; null where one is not known
     */
    public record Total(@Nullable Amount daily, @Nullable Amount overItsRun, @Nullable Integer days) {}

    private static final String DAILY = "daily_budget";
    private static final String LIFETIME = "lifetime_budget";

    public Price {
        adSets = List.copyOf(adSets);
    }

    /**
     * @param request one that breaks no rule
     * @param adSets  that it makes
     * @param zone    the account's name of its time zone
     */
    static Price of(LaunchRequest request, int adSets, Account account, @Nullable String zone) {
        var specs = new SlotSpecs(request);
        var campaign = request.campaign().graphFields();
        var runs = IntStream.rangeClosed(1, adSets)
                .mapToObj(number -> Run.of(specs.adSet(number).graphFields(), campaign)).toList();
        Budget whole = campaign.containsKey(DAILY) || campaign.containsKey(LIFETIME)
                ? budget(amount(campaign, DAILY, account), amount(campaign, LIFETIME, account),
                        Run.around(runs), account)
                : null;
        var parts = new ArrayList<Budget>();
        for (int number = 1; whole == null && number <= adSets; number++) {
            var spec = specs.adSet(number);
            var daily = spec.dailyBudget() == null ? null
                    : amount(BigInteger.valueOf(spec.dailyBudget()), account);
            parts.add(budget(daily, amount(spec.graphFields(), LIFETIME, account), runs.get(number - 1), account));
        }
        return new Price(account.currency(), account.decimals(), zone, whole, parts,
                total(whole == null ? parts : List.of(whole), account));
    }

    private static Budget budget(@Nullable Amount daily, @Nullable Amount lifetime, Run run, Account account) {
        return new Budget(daily, lifetime, account.zone() == null ? null : run.days(account.zone()));
    }

    private static Total total(List<Budget> budgets, Account account) {
        var daily = budgets.stream().map(Budget::daily).filter(Objects::nonNull).toList();
        var longest = known(budgets, Budget::days);
        var spent = known(budgets, Price::overItsRun);
        return new Total(daily.isEmpty() ? null : sum(daily.stream().map(Amount::minorUnits).toList(), account),
                spent == null ? null : sum(spent, account),
                longest == null ? null : longest.stream().max(Integer::compare).orElse(null));
    }

    private static @Nullable BigInteger overItsRun(Budget budget) {
        if (budget.lifetime() != null) {
            return budget.lifetime().minorUnits();
        }
        return budget.daily() == null || budget.days() == null ? null
                : budget.daily().minorUnits().multiply(BigInteger.valueOf(budget.days()));
    }

    /** Null where one of them is not known. */
    private static <T> @Nullable List<T> known(List<Budget> budgets, Function<Budget, @Nullable T> part) {
        var known = new ArrayList<T>();
        for (var budget : budgets) {
            var value = part.apply(budget);
            if (value == null) {
                return null;
            }
            known.add(value);
        }
        return known;
    }

    private static Amount sum(List<BigInteger> amounts, Account account) {
        return amount(amounts.stream().reduce(BigInteger.ZERO, BigInteger::add), account);
    }

    private static Amount amount(BigInteger minorUnits, Account account) {
        return new Amount(minorUnits, account.major(minorUnits));
    }

    private static @Nullable Amount amount(Map<String, String> graphFields, String name, Account account) {
        var value = json(graphFields.get(name));
        var text = value == null ? "" : value.asString("");
        return text.matches("\\d{1,40}") ? amount(new BigInteger(text), account) : null;
    }

    /** The value of a Graph field; null for none. */
    static @Nullable JsonNode json(@Nullable String text) {
        try {
            return text == null ? null : JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            return null;
        }
    }
}
