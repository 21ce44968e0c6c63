/** Ties every step of a job's work into one trace, and names the fields by which its log lines are found. */
@NullMarked
package io.campaignlauncher.telemetry;

import org.jspecify.annotations.NullMarked;
