package io.campaignlauncher.telegram.simulator.core;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** A bot: its name, whether its token is still good, and what it has sent lately. */
final class Bot {

    final long id;
    final String token;
    final String username;
    final Deque<Instant> sends = new ArrayDeque<>();
    final UpdateQueue updates = new UpdateQueue();
    boolean revoked;

    Bot(long id, String token, String username) {
        this.id = id;
        this.token = token;
        this.username = username;
    }
}
