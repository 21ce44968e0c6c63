/** Decides on commands: one transaction each, from the locks to the events and tables. */
@NullMarked
package io.campaignlauncher.moderation.store;

import org.jspecify.annotations.NullMarked;
