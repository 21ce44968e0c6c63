/** Carries out what the rules of posting ask for, over the Telegram Bot API. */
@NullMarked
package io.campaignlauncher.posting.telegram;

import org.jspecify.annotations.NullMarked;
