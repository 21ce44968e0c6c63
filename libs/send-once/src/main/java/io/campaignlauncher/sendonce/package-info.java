/** HTTP requests that leave once or not at all, and say which. */
@NullMarked
package io.campaignlauncher.sendonce;

import org.jspecify.annotations.NullMarked;
