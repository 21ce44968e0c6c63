/** The change feed: every stored event becomes a record on its topic, in commit order, read from PostgreSQL's write-ahead log. */
@NullMarked
package io.campaignlauncher.job.feed;

import org.jspecify.annotations.NullMarked;
