/** Judges what was read of an ad account: may a launch begin on it. */
@NullMarked
package io.campaignlauncher.accountcheck.model;

import org.jspecify.annotations.NullMarked;
