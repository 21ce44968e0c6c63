/** The marketplace as a service. */
@NullMarked
package io.campaignlauncher.moderation;

import org.jspecify.annotations.NullMarked;
