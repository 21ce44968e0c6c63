/** The Kafka edge that the services share: publishing, listening, dead letters, credentials. */
@NullMarked
package io.campaignlauncher.messaging;

import org.jspecify.annotations.NullMarked;
