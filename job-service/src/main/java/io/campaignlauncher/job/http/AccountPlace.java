package io.campaignlauncher.job.http;

import io.campaignlauncher.job.account.AccountFigures;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * A place in the list of ad accounts.
 *
 * @param launch      only accounts whose latest launch is before this number, and all that nobody has launched on; null: from the first on
 * @param adAccountId only accounts behind this one that nobody has launched on; empty: those that launches were made on as well
 */
record AccountPlace(@Nullable Long launch, String adAccountId) {

    private static final String AFTER = "after";
    private static final Pattern LAUNCH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern ACCOUNT = Pattern.compile("act_[0-9]{1,30}");

    /** @throws Problem 400 for what is no place */
    static AccountPlace of(ServerRequest request) {
        var text = request.queryParam(AFTER).orElse(null);
        if (text == null) {
            return new AccountPlace(null, "");
        }
        if (LAUNCH.matcher(text).matches()) {
            return new AccountPlace(Long.valueOf(text), "");
        }
        if (ACCOUNT.matcher(text).matches()) {
            return new AccountPlace(null, text);
        }
        throw Problem.badRequest(AFTER, "must be the next of another page");
    }

    static AccountPlace behind(AccountFigures last) {
        return last.latestNumber() == null ? new AccountPlace(null, last.adAccountId())
                : new AccountPlace(last.latestNumber(), "");
    }

    String text() {
        return launch == null ? adAccountId : launch.toString();
    }
}
