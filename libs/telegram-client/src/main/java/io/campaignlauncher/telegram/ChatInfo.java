package io.campaignlauncher.telegram;

import org.jspecify.annotations.Nullable;

/**
 * A chat, as {@code getChat} tells it.
 *
 * @param type              {@code channel}, {@code supergroup}, ...
 * @param username          without {@code @}; null: a private one
 * @param isProtected       whether nothing may be forwarded from it
 * @param autoDeleteSeconds after which its messages vanish; 0: never
 */
public record ChatInfo(long id, String type, String title, @Nullable String username, boolean isProtected,
        long autoDeleteSeconds) {}
