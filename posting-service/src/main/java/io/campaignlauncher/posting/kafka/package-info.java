/** Brings commands from {@code posting.commands} to the worker and its reports to {@code posting.events}. */
@NullMarked
package io.campaignlauncher.posting.kafka;

import org.jspecify.annotations.NullMarked;
