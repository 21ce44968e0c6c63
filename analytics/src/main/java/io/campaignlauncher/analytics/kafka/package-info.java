/** From the topics into the figures: what a record says, and the reader that is never a member of a group. */
@NullMarked
package io.campaignlauncher.analytics.kafka;

import org.jspecify.annotations.NullMarked;
