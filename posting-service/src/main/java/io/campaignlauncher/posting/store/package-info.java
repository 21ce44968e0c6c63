/** What is known of channels and posts, durably and for all workers: one writer a channel, for the time of a lease. */
@NullMarked
package io.campaignlauncher.posting.store;

import org.jspecify.annotations.NullMarked;
