package io.campaignlauncher.pace;

import io.campaignlauncher.pace.AccountPace.Reservation;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** The paces of ad accounts, shared by all that change something in them. A call fails where they cannot be reached. */
public interface AccountPaces {

    /**
     * Permission to change something in an account.
     *
     * @param mutations entities to create or to delete, at least 1
     * @param whole     changes that are sent in one request, at least 1: each grant has room for as many, or for all that are left
     * @param within    what would begin later is not granted
     */
    Mono<Reservation> reserve(String accountId, int mutations, int whole, Duration within);

    /** Lets everybody leave the account alone from now on for so long; never shortens what somebody else asked for. */
    Mono<Void> pause(String accountId, Duration wait);

    /** For how long the account is to be left alone from now on; zero: not at all. */
    Mono<Duration> pausedFor(String accountId);
}
