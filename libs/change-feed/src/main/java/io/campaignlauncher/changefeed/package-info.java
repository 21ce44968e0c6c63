/** Publishes the events of a store to Kafka, in the order in which they were committed. */
@NullMarked
package io.campaignlauncher.changefeed;

import org.jspecify.annotations.NullMarked;
