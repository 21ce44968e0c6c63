package io.campaignlauncher.simulator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an account has used of its limits and which of them refuse calls now. Counts in windows of seconds and minutes. */
final class AccountLimits {

    private static final int SCORE_WINDOW_SECONDS = 300;
    private static final int SCORE_SLOT_SECONDS = 10;
    private static final int HOUR_SLOT_SECONDS = 60;

    private final String digits;
    private final GraphRules.Tier tier;
    private final Window score = new Window(SCORE_WINDOW_SECONDS / SCORE_SLOT_SECONDS, SCORE_SLOT_SECONDS);
    private final Window calls = new Window(60, HOUR_SLOT_SECONDS);
    private final Map<RateLimit, Instant> until = new EnumMap<>(RateLimit.class);
    private int mutationsPerSecondMax;
    private long[] mutations;
    private int oldest;
    private int recorded;
    private double shownPercent;
    private long othersMinutes;

    AccountLimits(String digits, GraphRules rules) {
        this.digits = digits;
        this.tier = rules.tier();
        this.mutationsPerSecondMax = rules.mutationsPerSecondMax();
        this.mutations = new long[mutationsPerSecondMax];
    }

    void mutationsPerSecondMax(int max) {
        mutationsPerSecondMax = max;
        mutations = new long[max];
        oldest = 0;
        recorded = 0;
    }

    /** Counts the call; the limit that refuses it, if one does. */
    @Nullable
    RateLimit admit(FaultTarget kind, int activeAds, Instant now) {
        var refused = refusing(kind, now);
        if (refused != null) {
            return refused;
        }
        long seconds = now.getEpochSecond();
        if (tier != GraphRules.Tier.UNLIMITED) {
            if (score.total(seconds) + points(kind) > tier.scoreMax) {
                limit(RateLimit.USER_CALLS, now.plus(tier.block));
                score.clear();
                return RateLimit.USER_CALLS;
            }
            if (calls.total(seconds) >= tier.callsPerHour + 40L * activeAds) {
                limit(RateLimit.BUSINESS, now.plus(Duration.ofMinutes(calls.minutesUntilRoom(seconds))));
                return RateLimit.BUSINESS;
            }
        }
        if (kind.isWrite() && mutationsPerSecondMax > 0 && !recordMutation(now)) {
            return RateLimit.MUTATIONS;
        }
        score.add(seconds, points(kind));
        calls.add(seconds, 1);
        return null;
    }

    private @Nullable RateLimit refusing(FaultTarget kind, Instant now) {
        if (until.isEmpty()) {
            return null;
        }
        until.values().removeIf(end -> !now.isBefore(end));
        for (var limit : until.keySet()) {
            if (limit.refuses(kind)) {
                return limit;
            }
        }
        return null;
    }

    private static int points(FaultTarget kind) {
        return kind.isWrite() ? 3 : 1;
    }

    private boolean recordMutation(Instant now) {
        long millis = now.toEpochMilli();
        if (recorded == mutations.length) {
            if (mutations[oldest] > millis - 1000) {
                return false;
            }
            mutations[oldest] = millis;
            oldest = (oldest + 1) % mutations.length;
        } else {
            mutations[(oldest + recorded) % mutations.length] = millis;
            recorded++;
        }
        return true;
    }

    void limit(RateLimit limit, Instant end) {
        until.merge(limit, end, (a, b) -> a.isAfter(b) ? a : b);
        shownPercent = 0;
    }

    /** Lets the headers show more than is used. At 100 percent the business limit begins. */
    void raiseShownPercent(double step, Duration limitedDuring, Instant now) {
        shownPercent += step;
        if (shownPercent >= 100) {
            limit(RateLimit.BUSINESS, now.plus(limitedDuring));
        }
    }

    /** Lets the headers also name limits that are of no concern to who creates in this account. */
    void nameOthers(Duration during) {
        othersMinutes = during.toMinutes();
    }

    void lift() {
        othersMinutes = 0;
        until.clear();
        shownPercent = 0;
        score.clear();
        calls.clear();
    }

    /** The usage headers of this account now. */
    Map<String, String> headers(int activeAds, Instant now) {
        until.values().removeIf(end -> !now.isBefore(end));
        long seconds = now.getEpochSecond();
        double points = tier.scoreMax == 0 ? 0 : 100.0 * score.total(seconds) / tier.scoreMax;
        double hourly = tier.callsPerHour == 0 ? 0
                : 100.0 * calls.total(seconds) / (tier.callsPerHour + 40L * activeAds);
        long minutes = 0;
        long reset = points > 0 ? SCORE_WINDOW_SECONDS : 0;
        boolean limited = false;
        for (var each : until.entrySet()) {
            long left = Duration.between(now, each.getValue()).plusNanos(999_999_999).toSeconds();
            if (each.getKey().toldInMinutes()) {
                minutes = Math.max(minutes, (left + 59) / 60);
            } else {
                reset = limited ? Math.max(reset, left) : left;
                limited = true;
            }
        }
        var account = limited ? 100 : Math.max(points, shownPercent);
        var business = minutes > 0 ? 100 : Math.max(hourly, shownPercent);
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-App-Usage", "{\"call_count\":1,\"total_cputime\":1,\"total_time\":1}");
        headers.put("X-Ad-Account-Usage",
                "{\"acc_id_util_pct\":" + percent(account) + ",\"reset_time_duration\":" + reset
                        + ",\"ads_api_access_tier\":\"" + tier.header + "\"}");
        var own = useCase("ads_management", (long) business, minutes);
        headers.put("X-Business-Use-Case-Usage", othersMinutes == 0 ? "{\"" + digits + "\":[" + own + "]}"
                : "{\"9" + digits + "\":[" + useCase("ads_management", 100, othersMinutes) + "],\"" + digits + "\":["
                        + useCase("ads_insights", 100, othersMinutes) + "," + own + "]}");
        return headers;
    }

    private String useCase(String type, long percent, long minutes) {
        return "{\"type\":\"" + type + "\",\"call_count\":" + percent
                + ",\"total_cputime\":1,\"total_time\":1,\"estimated_time_to_regain_access\":" + minutes
                + ",\"ads_api_access_tier\":\"" + tier.header + "\"}";
    }

    private static double percent(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /** A sliding sum of so many slots of so many seconds. */
    private static final class Window {

        private final int[] sums;
        private final int slotSeconds;
        private long newest = Long.MIN_VALUE;
        private long total;

        Window(int slots, int slotSeconds) {
            this.sums = new int[slots];
            this.slotSeconds = slotSeconds;
        }

        void add(long seconds, int amount) {
            moveTo(seconds);
            sums[(int) Math.floorMod(newest, (long) sums.length)] += amount;
            total += amount;
        }

        long total(long seconds) {
            moveTo(seconds);
            return total;
        }

        long minutesUntilRoom(long seconds) {
            moveTo(seconds);
            for (int ahead = 1; ahead < sums.length; ahead++) {
                if (sums[(int) Math.floorMod(newest + ahead, (long) sums.length)] > 0) {
                    return ahead;
                }
            }
            return sums.length;
        }

        void clear() {
            Arrays.fill(sums, 0);
            total = 0;
        }

        private void moveTo(long seconds) {
            long slot = Math.floorDiv(seconds, slotSeconds);
            if (slot <= newest) {
                return;
            }
            if (newest == Long.MIN_VALUE || slot - newest >= sums.length) {
                clear();
            } else {
                for (long each = newest + 1; each <= slot; each++) {
                    int index = (int) Math.floorMod(each, (long) sums.length);
                    total -= sums[index];
                    sums[index] = 0;
                }
            }
            newest = slot;
        }
    }
}
