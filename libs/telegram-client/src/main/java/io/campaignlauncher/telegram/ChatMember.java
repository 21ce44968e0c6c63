package io.campaignlauncher.telegram;

/**
 * What somebody is in a channel.
 *
 * @param status {@code creator}, {@code administrator}, {@code member}, {@code restricted}, {@code left}, {@code kicked}
 */
public record ChatMember(long userId, String status, boolean canPost, boolean canEdit, boolean canDelete) {}
