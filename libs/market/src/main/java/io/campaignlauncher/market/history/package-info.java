/** The marketplace's past: what events make of a campaign, a target, a channel, a correction or a wallet, at any time. */
@NullMarked
package io.campaignlauncher.market.history;

import org.jspecify.annotations.NullMarked;
