package io.campaignlauncher.identity.http;

import io.campaignlauncher.access.http.Buckets;
import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.access.model.Quota;
import io.github.bucket4j.TimeMeter;

/**
 * How often somebody may try: by address, and by name, whether anybody has that name or not. An address from which somebody has
 * logged in counts on its own for that name, so whoever tries the name from elsewhere takes no try away from its owner. Nobody is
 * locked out: tries come back with time. In this instance's memory alone: several of them allow several times as many.
 */
final class LogInLimits {

    private final Buckets names;
    private final Buckets addresses;
    /** Of a name at an address from which its owner came before. */
    private final Buckets familiar;

    LogInLimits(LimitSettings settings, TimeMeter time) {
        var ofName = new Quota("name", settings.nameTries(), settings.within());
        names = new Buckets(ofName, settings.remembered(), settings.within(), time);
        addresses = new Buckets(new Quota("address", settings.addressTries(), settings.within()),
                settings.remembered(), settings.within(), time);
        familiar = new Buckets(ofName, settings.remembered(), settings.familiarFor(), time);
    }

    /**
     * Takes a try of an address.
     *
     * @throws HttpProblem 429 where none is left
     */
    void admit(String address) {
        addresses.take(address);
    }

    /**
     * Takes a try of an address and of a name.
     *
     * @throws HttpProblem 429 where one of them has none left
     */
    void admit(String address, String name) {
        admit(address);
        if (familiar.remembers(key(address, name))) {
            familiar.take(key(address, name));
        } else {
            names.take(name);
        }
    }

    /** The name's owner was it: the tries are given back, and the address is familiar from now on. */
    void succeeded(String address, String name) {
        addresses.giveBack(address);
        if (familiar.remembers(key(address, name))) {
            familiar.giveBack(key(address, name));
        } else {
            names.giveBack(name);
            familiar.remember(key(address, name));
        }
    }

    private static String key(String address, String name) {
        return address + " " + name;
    }
}
