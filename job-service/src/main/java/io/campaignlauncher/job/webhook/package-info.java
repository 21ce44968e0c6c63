/** Addresses that people have registered to be told of their jobs, with the secrets that sign what they are told. */
@NullMarked
package io.campaignlauncher.job.webhook;

import org.jspecify.annotations.NullMarked;
