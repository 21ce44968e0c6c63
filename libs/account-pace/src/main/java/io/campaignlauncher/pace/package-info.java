/** How fast, and from when on, all workers together change an ad account: what creators and rollbacks share. */
@NullMarked
package io.campaignlauncher.pace;

import org.jspecify.annotations.NullMarked;
