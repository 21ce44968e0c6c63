/** Looks at the channels that publishers offer, before anybody can buy a post there. */
@NullMarked
package io.campaignlauncher.moderation.channels;

import org.jspecify.annotations.NullMarked;
