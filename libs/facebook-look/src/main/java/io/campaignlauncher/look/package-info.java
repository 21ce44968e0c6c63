/** Reads what a job has on Facebook, and says where that is not as its slots say. */
@NullMarked
package io.campaignlauncher.look;

import org.jspecify.annotations.NullMarked;
