/** Compares a job with what Facebook holds now. Only reads. */
@NullMarked
package io.campaignlauncher.tools.facebook;

import org.jspecify.annotations.NullMarked;
