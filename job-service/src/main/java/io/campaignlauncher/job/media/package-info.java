/** Images and videos on their way to ad accounts, and what is known of those that are there. */
@NullMarked
package io.campaignlauncher.job.media;

import org.jspecify.annotations.NullMarked;
