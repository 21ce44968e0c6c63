/** The whole system in one process, with a launch to watch. */
@NullMarked
package io.campaignlauncher.standalone;

import org.jspecify.annotations.NullMarked;
