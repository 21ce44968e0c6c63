/** The HTTP API of the marketplace: who may ask what, and what the answers look like. */
@NullMarked
package io.campaignlauncher.moderation.http;

import org.jspecify.annotations.NullMarked;
