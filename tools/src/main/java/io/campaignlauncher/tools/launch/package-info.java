/** Launches a file of a media buyer over the HTTP API, as any app could. */
@NullMarked
package io.campaignlauncher.tools.launch;

import org.jspecify.annotations.NullMarked;
