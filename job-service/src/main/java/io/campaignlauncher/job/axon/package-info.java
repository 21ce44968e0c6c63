/** Hosts the Job in Axon: the aggregate, the event store on PostgreSQL, the timers that end waits, and the watch over stalled jobs. */
@NullMarked
package io.campaignlauncher.job.axon;

import org.jspecify.annotations.NullMarked;
