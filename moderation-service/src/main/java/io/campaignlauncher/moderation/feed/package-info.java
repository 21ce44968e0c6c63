/** Publishes what was decided. */
@NullMarked
package io.campaignlauncher.moderation.feed;

import org.jspecify.annotations.NullMarked;
