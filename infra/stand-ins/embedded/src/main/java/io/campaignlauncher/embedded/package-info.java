/** A real Kafka broker and a real PostgreSQL that belong to this process: they start with it and end with it. */
@NullMarked
package io.campaignlauncher.embedded;

import org.jspecify.annotations.NullMarked;
