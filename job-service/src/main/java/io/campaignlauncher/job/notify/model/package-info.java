/** What is told of a job, how it is signed, and when telling it is tried again. */
@NullMarked
package io.campaignlauncher.job.notify.model;

import org.jspecify.annotations.NullMarked;
