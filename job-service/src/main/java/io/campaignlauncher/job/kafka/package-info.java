/** Listens to requests and to the workers' reports and puts them to their jobs. */
@NullMarked
package io.campaignlauncher.job.kafka;

import org.jspecify.annotations.NullMarked;
