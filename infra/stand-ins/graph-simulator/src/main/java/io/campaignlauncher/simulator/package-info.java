/** The simulated Marketing API over HTTP, in this process or as a program of its own. */
@NullMarked
package io.campaignlauncher.simulator;

import org.jspecify.annotations.NullMarked;
