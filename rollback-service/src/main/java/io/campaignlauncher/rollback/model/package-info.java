/** Decides what of a job may be deleted and in which order, and reports what came of it. */
@NullMarked
package io.campaignlauncher.rollback.model;

import org.jspecify.annotations.NullMarked;
