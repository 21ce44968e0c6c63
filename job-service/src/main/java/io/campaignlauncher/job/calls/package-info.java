/** The requests to Facebook that were noted for jobs: kept for people to look at, and in nobody's way. */
@NullMarked
package io.campaignlauncher.job.calls;

import org.jspecify.annotations.NullMarked;
