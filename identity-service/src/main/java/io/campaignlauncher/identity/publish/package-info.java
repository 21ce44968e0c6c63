/** Tells other services what has become of access tokens and API keys. */
@NullMarked
package io.campaignlauncher.identity.publish;

import org.jspecify.annotations.NullMarked;
