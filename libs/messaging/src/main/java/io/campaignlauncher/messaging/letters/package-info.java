/** Records that were given up: what may be shown of one, and how it is published again. */
@NullMarked
package io.campaignlauncher.messaging.letters;

import org.jspecify.annotations.NullMarked;
