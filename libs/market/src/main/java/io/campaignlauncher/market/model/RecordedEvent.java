package io.campaignlauncher.market.model;

import java.time.Instant;

/**
 * An event as the event store has it.
 *
 * @param position of the event among all that the store has; it grows along every stream, and along every wallet, because whoever
 *                 stores an event has its rows locked
 * @param at       by the database's clock ({@code clock_timestamp()}), read after the rows were locked: a switch that was off then was
 *                 off for the decision
 */
public record RecordedEvent(long position, Instant at, MarketEvent event) {}
