/** Reads the past of the marketplace out of its stored events, and compares its tables with it. */
@NullMarked
package io.campaignlauncher.tools.market;

import org.jspecify.annotations.NullMarked;
