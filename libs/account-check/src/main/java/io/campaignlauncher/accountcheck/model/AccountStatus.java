package io.campaignlauncher.accountcheck.model;

import io.campaignlauncher.schemas.CheckOutcome;
import java.util.Map;

/** What Facebook's {@code account_status} and {@code disable_reason} mean for a launch. */
final class AccountStatus {

    private static final Map<Integer, String> DISABLE_REASONS = Map.ofEntries(
            Map.entry(1, "ADS_INTEGRITY_POLICY"), Map.entry(2, "ADS_IP_REVIEW"), Map.entry(3, "RISK_PAYMENT"),
            Map.entry(4, "GRAY_ACCOUNT_SHUT_DOWN"), Map.entry(5, "ADS_AFC_REVIEW"),
            Map.entry(6, "BUSINESS_INTEGRITY_RAR"), Map.entry(7, "PERMANENT_CLOSE"),
            Map.entry(8, "UNUSED_RESELLER_ACCOUNT"), Map.entry(9, "UNUSED_ACCOUNT"),
            Map.entry(10, "UMBRELLA_AD_ACCOUNT"), Map.entry(11, "BUSINESS_MANAGER_INTEGRITY_POLICY"),
            Map.entry(12, "MISREPRESENTED_AD_ACCOUNT"), Map.entry(13, "AOAB_DESHARE_LEGAL_ENTITY"),
            Map.entry(14, "CTX_THREAD_REVIEW"), Map.entry(15, "COMPROMISED_AD_ACCOUNT"));

    private AccountStatus() {}

    /** A status nobody has told us of lets the job go on with a warning: Facebook will say no where it means no. */
    static CheckOutcome outcome(int status) {
        return switch (status) {
            case 1 -> CheckOutcome.PASSED;
            case 2, 3, 7, 100, 101 -> CheckOutcome.FAILED;
            default -> CheckOutcome.WARNED;
        };
    }

    static String sentence(int status, int disableReason) {
        var state = switch (status) {
            case 1 -> "active";
            case 2 -> "disabled";
            case 3 -> "unsettled: it has unpaid bills";
            case 7 -> "pending a risk review";
            case 8 -> "pending settlement";
            case 9 -> "in its grace period for payment";
            case 100 -> "about to be closed";
            case 101 -> "closed";
            default -> "in a state unknown to this service";
        };
        var reason = disableReason == 0
                ? ""
                : ", disable reason " + DISABLE_REASONS.getOrDefault(disableReason, Integer.toString(disableReason));
        return "The ad account is " + state + " (account status " + status + reason + ").";
    }
}
