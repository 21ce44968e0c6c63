/** Notes of the requests that are made for jobs: written where that costs the job nothing, and nothing is decided by them. */
@NullMarked
package io.campaignlauncher.worker.calls;

import org.jspecify.annotations.NullMarked;
