package io.campaignlauncher.telegram.simulator.core;

import io.campaignlauncher.telegram.simulator.text.TextReader;
import io.campaignlauncher.telegram.simulator.text.UnreadableText;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What exists, as of the latest time that the API was told, and what people and other bots do in it. A chat is named by {@code @name} or
 * by its number; whoever names one that is not there gets an {@link IllegalArgumentException}.
 */
public final class TelegramWorld {

    private final BotApi lock;
    private final TelegramState state;
    private final Posts posts;
    private final Reads reads;
    private final MessageJson json;

    TelegramWorld(BotApi lock, TelegramState state, Posts posts, Reads reads, MessageJson json) {
        this.lock = lock;
        this.state = state;
        this.posts = posts;
        this.reads = reads;
        this.json = json;
        state.people.put(Mishaps.SOMEBODY, "Somebody");
    }

    /**
     * A bot whose id is the number before the colon of its token.
     *
     * @throws IllegalArgumentException where it is no token, or another one of a bot that is there
     */
    public void addBot(String token, String username) {
        synchronized (lock) {
            var parts = BotRequest.TOKEN.matcher(token);
            if (!parts.matches()) {
                throw new IllegalArgumentException("token: not one of a bot: a number, a colon, letters and digits");
            }
            long id = Long.parseLong(parts.group(1));
            if (state.bots.containsKey(id)) {
                throw new IllegalArgumentException("token: there is a bot " + id);
            }
            state.bots.put(id, new Bot(id, token, username));
        }
    }

    /** A person, whose profile shows a channel or not. */
    public void addPerson(long id, String name, @Nullable String personalChat) {
        synchronized (lock) {
            state.people.put(id, name);
            if (personalChat == null) {
                state.personalChats.remove(id);
            } else {
                state.personalChats.put(id, chat(personalChat).id);
            }
        }
    }

    /** A channel with the message that tells of its creation, which has the id 1. @param username null: a private one */
    public void addChannel(long id, @Nullable String username, String title) {
        synchronized (lock) {
            if (id >= 0 || state.chats.containsKey(id)) {
                throw new IllegalArgumentException("id: below 0 and of no other channel, not " + id);
            }
            var chat = state.chat(id, username, title);
            state.add(chat);
            if (chat.messages.isEmpty()) {
                posts.byPerson(chat, new Author(Mishaps.SOMEBODY, false), new Content.Service("channel_chat_created",
                        Json.yes()), lock.latest());
            }
        }
    }

    /** The bot learns of it by {@code my_chat_member}. */
    public void setMembership(String chat, long userId, Membership membership) {
        synchronized (lock) {
            var where = chat(chat);
            var before = where.membership(userId);
            where.members.put(userId, membership);
            var bot = state.bots.get(userId);
            if (bot != null && !before.equals(membership)) {
                var change = Json.object().put("date", lock.latest().getEpochSecond());
                change.set("chat", json.chat(where.id));
                change.set("from", Reads.person(Mishaps.SOMEBODY, "Somebody"));
                change.set("old_chat_member", Reads.member(before, MessageJson.bot(bot)));
                change.set("new_chat_member", Reads.member(membership, MessageJson.bot(bot)));
                bot.updates.add("my_chat_member", change, lock.latest());
            }
        }
    }

    /** From now on nothing of the channel may be forwarded, or it may again. */
    public void setProtected(String chat, boolean isProtected) {
        synchronized (lock) {
            chat(chat).isProtected = isProtected;
        }
    }

    /** @param seconds after which messages are to vanish; they do not, but {@code getChat} tells it; 0: never */
    public void setAutoDelete(String chat, int seconds) {
        synchronized (lock) {
            chat(chat).autoDeleteSeconds = seconds;
        }
    }

    /** The token of this bot is refused, or taken again. */
    public void setRevoked(long botId, boolean revoked) {
        synchronized (lock) {
            Objects.requireNonNull(state.bots.get(botId), "there is no bot " + botId).revoked = revoked;
        }
    }

    /** What is at an address, for photos that are sent by it. */
    public void addWebFile(String url, byte[] content) {
        synchronized (lock) {
            state.webFiles.put(url, content.clone());
        }
    }

    /** A person posts a text. @return its id */
    public int personPosts(String chat, String text) {
        return post(chat, new Author(Mishaps.SOMEBODY, false), text);
    }

    /** Another bot posts a text. @return its id */
    public int otherBotPosts(String chat, String text) {
        return post(chat, new Author(Mishaps.SOME_BOT, true), text);
    }

    private int post(String chat, Author author, String text) {
        synchronized (lock) {
            return posts.byPerson(chat(chat), author, content(text), lock.latest()).id();
        }
    }

    /** A person changes a post, whoever made it. */
    public void personEdits(String chat, int messageId, String text) {
        synchronized (lock) {
            var where = chat(chat);
            var changed = where.change(messageId,
                    before -> before.edited(content(text), before.markup(), lock.latest()));
            posts.tell(where, "edited_channel_post", changed, lock.latest());
        }
    }

    public void personDeletes(String chat, int messageId) {
        synchronized (lock) {
            chat(chat).remove(messageId);
        }
    }

    /** Makes a service message. */
    public void personPins(String chat, int messageId) {
        synchronized (lock) {
            var where = chat(chat);
            var message = where.existing(messageId).orElseThrow(
                    () -> new IllegalArgumentException("there is no message " + messageId + " in " + chat));
            reads.pinned(where, message, new Author(Mishaps.SOMEBODY, false), lock.latest());
        }
    }

    void removeIfThere(Chat chat, int messageId) {
        if (chat.existing(messageId).isPresent()) {
            chat.remove(messageId);
        }
    }

    /** All messages of a channel by their ids, deleted ones too. */
    public List<Post> posts(String chat) {
        synchronized (lock) {
            return chat(chat).messages.values().stream().map(Post::of).toList();
        }
    }

    /** Those that exist and have a link to this address, as linked words or as a button. */
    public List<Post> marked(String chat, String link) {
        return posts(chat).stream().filter(post -> !post.deleted() && post.links().contains(link)).toList();
    }

    /** All messages of a channel as the API would show them, deleted ones with {@code "deleted":true}. */
    public JsonNode asJson(String chat) {
        synchronized (lock) {
            var where = chat(chat);
            var node = json.chat(where.id).put("isProtected", where.isProtected);
            var members = node.putObject("members");
            where.members.forEach((id, membership) -> members.set(String.valueOf(id), Json.object()
                    .put("status", membership.status().wireName()).put("post", membership.rights().post())
                    .put("edit", membership.rights().edit()).put("delete", membership.rights().delete())));
            var messages = node.putArray("messages");
            where.messages.values().forEach(message -> {
                var shown = json.message(message);
                shown.put("authorId", message.author().id()).put("byBot", message.author().isBot())
                        .put("deleted", message.deleted());
                messages.add(shown);
            });
            return node;
        }
    }

    /** The channels, by their numbers. */
    public List<Long> channels() {
        synchronized (lock) {
            return List.copyOf(state.chats.keySet());
        }
    }

    private Chat chat(String reference) {
        var chat = state.chat(reference);
        if (chat == null) {
            throw new IllegalArgumentException("chat: there is no " + reference);
        }
        return chat;
    }

    private static Content content(String text) {
        try {
            return new Content.Text(TextReader.read(text, "", null), MissingNode.getInstance());
        } catch (UnreadableText e) {
            throw new IllegalArgumentException("text: " + e.getMessage(), e);
        }
    }
}
