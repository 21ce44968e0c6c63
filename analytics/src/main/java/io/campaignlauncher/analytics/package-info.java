/** An analytics consumer: keeps figures about launches from the topics alone, prints them and publishes them as metrics. */
@NullMarked
package io.campaignlauncher.analytics;

import org.jspecify.annotations.NullMarked;
