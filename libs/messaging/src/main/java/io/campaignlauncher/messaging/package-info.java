/** The Kafka edge that the services share: making clients, publishing, dead letters, credentials, kill switches. */
@NullMarked
package io.campaignlauncher.messaging;

import org.jspecify.annotations.NullMarked;
