/** The language the services speak: Avro messages (generated), the topics, and how a message becomes a Kafka record. */
@NullMarked
package io.campaignlauncher.schemas;

import org.jspecify.annotations.NullMarked;
