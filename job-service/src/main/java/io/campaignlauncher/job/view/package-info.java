/** The read model: tables for people and pages, derived from {@code job.events} and rebuilt from the event store at any time. */
@NullMarked
package io.campaignlauncher.job.view;

import org.jspecify.annotations.NullMarked;
