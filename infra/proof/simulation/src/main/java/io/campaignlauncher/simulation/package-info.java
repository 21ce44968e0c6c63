/** The whole protocol in one thread on virtual time: the real services around modelled Kafka, stores and a simulated Facebook. */
@NullMarked
package io.campaignlauncher.simulation;

import org.jspecify.annotations.NullMarked;
