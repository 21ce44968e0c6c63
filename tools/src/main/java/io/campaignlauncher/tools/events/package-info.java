/** Reads the events of jobs as they were stored, many at a time, from the event store or from its topic. */
@NullMarked
package io.campaignlauncher.tools.events;

import org.jspecify.annotations.NullMarked;
