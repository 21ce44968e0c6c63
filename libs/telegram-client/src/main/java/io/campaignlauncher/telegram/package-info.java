/** Talking to the Telegram Bot API: one request for one post, and what is known afterwards. */
@NullMarked
package io.campaignlauncher.telegram;

import org.jspecify.annotations.NullMarked;
