/** A stand-in for Telegram's Bot API over HTTP, with faults on demand. */
@NullMarked
package io.campaignlauncher.telegram.simulator;

import org.jspecify.annotations.NullMarked;
