/** Jobs as they go: follows them in the event store for whoever wants to watch, on any instance, from any version on. */
@NullMarked
package io.campaignlauncher.job.live;

import org.jspecify.annotations.NullMarked;
