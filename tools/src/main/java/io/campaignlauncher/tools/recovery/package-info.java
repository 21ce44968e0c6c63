/** Brings an event store that was put back to an earlier time to what its topic tells. */
@NullMarked
package io.campaignlauncher.tools.recovery;

import org.jspecify.annotations.NullMarked;
