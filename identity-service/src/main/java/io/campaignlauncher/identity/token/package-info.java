/** Access tokens: JWTs that are signed with ES256, and the keys for it. */
@NullMarked
package io.campaignlauncher.identity.token;

import org.jspecify.annotations.NullMarked;
