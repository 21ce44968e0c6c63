package io.campaignlauncher.posting.telegram;

import io.campaignlauncher.pace.AccountPaces;
import io.campaignlauncher.posting.model.TelegramPostingSettings;
import io.campaignlauncher.posting.store.PostStore;
import io.campaignlauncher.telegram.Telegram;

/**
 * What a worker works with.
 *
 * @param botId    of the bot that posts
 * @param paces    of the bot
 * @param logPaces of the log channel
 */
record PostingPorts(Telegram telegram, long botId, PostStore store, PostReporter reporter, PostingSwitch killSwitch,
        AccountPaces paces, AccountPaces logPaces, PostingTime time, TelegramPostingSettings settings) {}
