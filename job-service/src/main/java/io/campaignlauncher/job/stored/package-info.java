/** Reading what is stored of jobs. */
@NullMarked
package io.campaignlauncher.job.stored;

import org.jspecify.annotations.NullMarked;
