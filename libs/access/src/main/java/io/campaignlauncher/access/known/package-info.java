/** What has become of access tokens and API keys of our own issuer, as Kafka tells it. */
@NullMarked
package io.campaignlauncher.access.known;

import org.jspecify.annotations.NullMarked;
