/** The events of the marketplace as the messages that are stored and published. */
@NullMarked
package io.campaignlauncher.market.messages;

import org.jspecify.annotations.NullMarked;
