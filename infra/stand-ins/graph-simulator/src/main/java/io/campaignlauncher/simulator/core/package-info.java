/** The simulated Marketing API as a function of requests, time and a source of randomness: no HTTP, no threads, no clock. */
@NullMarked
package io.campaignlauncher.simulator.core;

import org.jspecify.annotations.NullMarked;
