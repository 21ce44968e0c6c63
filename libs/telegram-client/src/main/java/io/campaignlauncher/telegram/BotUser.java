package io.campaignlauncher.telegram;

/** Who a token belongs to. @param username without {@code @} */
public record BotUser(long id, String username) {}
