package io.campaignlauncher.job.http;

import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.launchfile.Account;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/** What a request says of the account that a file is for. */
final class FileAccount {

    static final String CURRENCY = "currency";
    static final String TIME_ZONE = "timeZone";

    private FileAccount() {}

    /** @throws Problem 400 for what is none; what is not given stays unknown */
    static Account of(ServerRequest request) {
        var found = new ArrayList<Violation>();
        var currency = request.queryParam(CURRENCY).orElse(null);
        var zone = zone(request, found);
        var account = new Account(currency, zone);
        if (currency != null && !account.hasKnownCurrency()) {
            found.add(new Violation(CURRENCY, "is none that Facebook bills in, as in USD"));
        }
        if (!found.isEmpty()) {
            throw Problem.badRequest(found);
        }
        return account;
    }

    /** The same where both have to be known. */
    static Account whole(ServerRequest request) {
        var account = of(request);
        var found = new ArrayList<Violation>();
        if (account.currency() == null) {
            found.add(new Violation(CURRENCY, "is needed: of the ad account, as in USD"));
        }
        if (account.zone() == null) {
            found.add(new Violation(TIME_ZONE, "is needed: of the ad account, as in Europe/Berlin"));
        }
        if (!found.isEmpty()) {
            throw Problem.badRequest(found);
        }
        return account;
    }

    private static @Nullable ZoneId zone(ServerRequest request, ArrayList<Violation> found) {
        var text = request.queryParam(TIME_ZONE).orElse(null);
        try {
            return text == null ? null : ZoneId.of(text);
        } catch (DateTimeException e) {
            found.add(new Violation(TIME_ZONE, "is no time zone, as in Europe/Berlin"));
            return null;
        }
    }
}
