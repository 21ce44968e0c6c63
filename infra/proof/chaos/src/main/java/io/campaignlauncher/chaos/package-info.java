/** Runs the system as processes of its own, strikes them while launches run, and judges what came out. */
@NullMarked
package io.campaignlauncher.chaos;

import org.jspecify.annotations.NullMarked;
