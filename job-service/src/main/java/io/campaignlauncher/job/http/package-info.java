/** The HTTP API: requests, credentials and rollback decisions on their way in, jobs as the read model shows them on their way out. */
@NullMarked
package io.campaignlauncher.job.http;

import org.jspecify.annotations.NullMarked;
