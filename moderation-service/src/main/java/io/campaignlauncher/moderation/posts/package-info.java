/** What becomes of posts: the posting service's reports, and what follows from them. */
@NullMarked
package io.campaignlauncher.moderation.posts;

import org.jspecify.annotations.NullMarked;
