package io.campaignlauncher.telegram.simulator.core;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything there is. Guarded by the lock of {@link BotApi}. */
final class TelegramState {

    final Map<Long, Bot> bots = new LinkedHashMap<>();
    final Map<Long, Chat> chats = new LinkedHashMap<>();
    final Map<Long, String> people = new LinkedHashMap<>();
    final Map<Long, Long> personalChats = new HashMap<>();
    final Map<String, PhotoFile> files = new HashMap<>();
    final Map<String, byte[]> webFiles = new HashMap<>();
    private final Map<String, Long> ids = new HashMap<>();
    private final @Nullable MessageJournal journal;

    /** @param journal null: messages are not kept */
    TelegramState(@Nullable MessageJournal journal) {
        this.journal = journal;
    }

    /** With what is in it, where messages are kept. */
    Chat chat(long id, @Nullable String username, String title) {
        if (journal == null) {
            return new Chat(id, username, title, _ -> {});
        }
        var chat = new Chat(id, username, title, journal::keep);
        journal.before().stream().filter(message -> message.chatId() == id).forEach(message -> {
            chat.restore(message);
            if (message.content() instanceof Content.Photo photo) {
                files.put(photo.file().id(), photo.file());
            }
        });
        return chat;
    }

    void add(Chat chat) {
        chats.put(chat.id, chat);
        if (chat.username != null) {
            ids.put(chat.username.toLowerCase(Locale.ROOT), chat.id);
        }
    }

    Optional<Bot> bot(String token) {
        return bots.values().stream().filter(bot -> bot.token.equals(token)).findFirst();
    }

    /** @param reference {@code @name} or a number; null where there is no such chat */
    @Nullable
    Chat chat(String reference) {
        try {
            var id = reference.startsWith("@") ? ids.get(reference.substring(1).toLowerCase(Locale.ROOT))
                    : Long.valueOf(reference.strip());
            return id == null ? null : chats.get(id);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
