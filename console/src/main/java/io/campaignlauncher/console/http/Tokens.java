package io.campaignlauncher.console.http;

/**
 * What identity-service gave for a log-in. It stays on this side: no page, no log and no address has it.
 *
 * @param access  by which other services know who asks
 * @param refresh for the next pair; good once
 */
record Tokens(String access, String refresh) {

    @Override
    public String toString() {
        return "Tokens";
    }
}
