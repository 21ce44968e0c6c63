/** Records that any service gave up: which there are, what may be shown of them, and how they are published again. */
@NullMarked
package io.campaignlauncher.job.letters;

import org.jspecify.annotations.NullMarked;
