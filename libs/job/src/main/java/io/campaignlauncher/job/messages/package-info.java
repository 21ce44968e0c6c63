/** Turns the Job's events and the workers' reports into Avro records, and back. */
@NullMarked
package io.campaignlauncher.job.messages;

import org.jspecify.annotations.NullMarked;
