/** Takes creation commands from their topic, which all creators share as a queue. */
@NullMarked
package io.campaignlauncher.creation.kafka;

import org.jspecify.annotations.NullMarked;
