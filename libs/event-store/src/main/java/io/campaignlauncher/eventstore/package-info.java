/** Reads the table of stored events, for whoever reads it. */
@NullMarked
package io.campaignlauncher.eventstore;

import org.jspecify.annotations.NullMarked;
