/** What every worker does: it takes messages from a topic, finds a token, speaks to Facebook, and reports facts. */
@NullMarked
package io.campaignlauncher.worker;

import org.jspecify.annotations.NullMarked;
