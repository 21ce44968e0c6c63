package io.campaignlauncher.telegram.simulator.core;

import java.time.Instant;

/**
 * One call of a method by a bot.
 *
 * @param readsFail   whether each read of a message that the method begins with is refused
 * @param visibleFrom from when reads find what this call makes
 */
record Call(Bot bot, ApiMethod method, Parameters parameters, Instant now, boolean readsFail, Instant visibleFrom) {

    Call at(Instant later) {
        return new Call(bot, method, parameters, later, readsFail, later);
    }

    Author author() {
        return new Author(bot.id, true);
    }
}
