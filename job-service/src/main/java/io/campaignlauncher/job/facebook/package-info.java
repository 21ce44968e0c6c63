/** What the job-service itself asks of Facebook, for people who wait for the answer; launches are the workers'. */
@NullMarked
package io.campaignlauncher.job.facebook;

import org.jspecify.annotations.NullMarked;
