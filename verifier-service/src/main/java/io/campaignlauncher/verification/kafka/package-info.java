/** Brings requests from {@code job.events} to the verifier and its reports to {@code verification.events}. */
@NullMarked
package io.campaignlauncher.verification.kafka;

import org.jspecify.annotations.NullMarked;
