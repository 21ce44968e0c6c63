/** Tells the Job's events and the workers' reports in the words of the schemas, and back. */
@NullMarked
package io.campaignlauncher.job.messages;

import org.jspecify.annotations.NullMarked;
