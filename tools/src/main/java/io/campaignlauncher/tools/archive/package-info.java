/** Events as files that prove themselves: written from the event store, checked without it. */
@NullMarked
package io.campaignlauncher.tools.archive;

import org.jspecify.annotations.NullMarked;
