/** Reads an ad account as it is now, and says whether a launch may begin on it. */
@NullMarked
package io.campaignlauncher.accountcheck;

import org.jspecify.annotations.NullMarked;
