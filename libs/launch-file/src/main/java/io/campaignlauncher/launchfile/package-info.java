/** Files that media buyers have as launches, and launches as such files. */
@NullMarked
package io.campaignlauncher.launchfile;

import org.jspecify.annotations.NullMarked;
