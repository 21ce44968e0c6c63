/** What waits for a person, as far as this service knows it. */
@NullMarked
package io.campaignlauncher.job.attention;

import org.jspecify.annotations.NullMarked;
