/** Compares the tables that people query with a replay of all events. */
@NullMarked
package io.campaignlauncher.tools.tables;

import org.jspecify.annotations.NullMarked;
