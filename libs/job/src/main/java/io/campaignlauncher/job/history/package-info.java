/** A job's past, read from the event store: every event with its cause, and the job as it was at any point; needs no Spring context. */
@NullMarked
package io.campaignlauncher.job.history;

import org.jspecify.annotations.NullMarked;
