/** How this service listens to topics: whole polls at a time, each tried until it is durable. */
@NullMarked
package io.campaignlauncher.job.listening;

import org.jspecify.annotations.NullMarked;
