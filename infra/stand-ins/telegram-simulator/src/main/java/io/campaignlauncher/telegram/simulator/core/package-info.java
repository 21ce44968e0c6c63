/** The simulated Bot API as a function of requests, time and a source of randomness: no HTTP, no threads, no clock. */
@NullMarked
package io.campaignlauncher.telegram.simulator.core;

import org.jspecify.annotations.NullMarked;
