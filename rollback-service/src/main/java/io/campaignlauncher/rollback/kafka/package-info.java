/** Brings deletion requests from {@code job.events} to the rollback and its reports to {@code rollback.events}. */
@NullMarked
package io.campaignlauncher.rollback.kafka;

import org.jspecify.annotations.NullMarked;
