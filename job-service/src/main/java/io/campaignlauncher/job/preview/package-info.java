/** What a launch would make, and whether it may, as far as that can be known before anything is made. */
@NullMarked
package io.campaignlauncher.job.preview;

import org.jspecify.annotations.NullMarked;
