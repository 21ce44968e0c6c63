/** A launch request on its way in: from its Avro record to the model and back, and in one canonical form. */
@NullMarked
package io.campaignlauncher.job.request;

import org.jspecify.annotations.NullMarked;
