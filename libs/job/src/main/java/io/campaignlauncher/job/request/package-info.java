/** A launch request on its way in: between the words of the schemas and those of the model, and in one canonical form. */
@NullMarked
package io.campaignlauncher.job.request;

import org.jspecify.annotations.NullMarked;
