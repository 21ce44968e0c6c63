/** The job service: one application that hosts the Job and its edges. */
@NullMarked
package io.campaignlauncher.job;

import org.jspecify.annotations.NullMarked;
