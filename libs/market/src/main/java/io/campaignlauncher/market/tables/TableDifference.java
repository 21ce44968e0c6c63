package io.campaignlauncher.market.tables;

import org.jspecify.annotations.Nullable;

/**
 * A place in which a table says something else than the events.
 *
 * @param id     of the row
 * @param column null: the whole row is there and should not be, or the other way round
 * @param is     what the table has, as text; null: nothing
 * @param should what the events say; null: nothing
 */
public record TableDifference(String table, String id, @Nullable String column, @Nullable String is,
        @Nullable String should) {}
