/** The whole marketplace in one thread on virtual time: real decisions, real posting, a simulated Telegram, and who checks them. */
@NullMarked
package io.campaignlauncher.simulation.market;

import org.jspecify.annotations.NullMarked;
