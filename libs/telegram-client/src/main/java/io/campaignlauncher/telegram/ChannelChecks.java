package io.campaignlauncher.telegram;

import io.campaignlauncher.telegram.ReadResult.Found;
import io.campaignlauncher.telegram.ReadResult.Refused;
import io.campaignlauncher.telegram.ReadResult.Unread;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Whether a post in a channel would be safe: the bot may post, and what it posts can be told from other posts and stays. */
public final class ChannelChecks {

    private static final Set<String> WHO_MAY = Set.of("administrator", "creator");
    private static final Pattern NAME = Pattern.compile("@[A-Za-z][A-Za-z0-9_]{3,31}");
    private static final Pattern NUMBER = Pattern.compile("-[1-9]\\d{0,15}");

    private final Telegram telegram;
    private final long botId;
    private final boolean readsPosts;

    private ChannelChecks(Telegram telegram, long botId, boolean readsPosts) {
        this.telegram = telegram;
        this.botId = botId;
        this.readsPosts = readsPosts;
    }

    /**
     * @param botId      of the bot that is to post
     * @param readsPosts whether its posts are read back over a log channel; without one they are known by their place alone
     */
    public static ChannelChecks of(Telegram telegram, long botId, boolean readsPosts) {
        return new ChannelChecks(telegram, botId, readsPosts);
    }

    /** At most two requests; never fails. @param chat {@code @name} or the number of a channel */
    public Mono<ChannelCheck> check(String chat) {
        if (!NAME.matcher(chat).matches() && !NUMBER.matcher(chat).matches()) {
            return Mono
                    .just(new ChannelCheck.Lacking("a channel is named by @name or by its number, which is negative"));
        }
        return telegram.chat(chat).flatMap(found -> switch (found) {
            case Found<ChatInfo>(var info) when isAnother(chat, info) ->
                Mono.just(new ChannelCheck.Unanswered("Telegram answered for another chat"));
            case Found<ChatInfo>(var info) -> {
                var lacking = lacking(info);
                yield lacking != null ? Mono.just(new ChannelCheck.Lacking(lacking))
                        : telegram.member(info.id(), botId).map(member -> judged(info, member));
            }
            case Refused<ChatInfo>(var reason) -> Mono.just(new ChannelCheck.Lacking(reason));
            case Unread<ChatInfo>(var reason, _) -> Mono.just(new ChannelCheck.Unanswered(reason));
        });
    }

    private static boolean isAnother(String chat, ChatInfo info) {
        return chat.startsWith("-") && !chat.equals(Long.toString(info.id()));
    }

    private @Nullable String lacking(ChatInfo info) {
        if (!"channel".equals(info.type())) {
            return "it is no channel but a " + info.type();
        }
        if (info.autoDeleteSeconds() > 0) {
            return "its messages are deleted after " + info.autoDeleteSeconds() + " s";
        }
        return info.isProtected() && readsPosts ? "its content is protected: posts cannot be read back" : null;
    }

    private ChannelCheck judged(ChatInfo info, ReadResult<ChatMember> member) {
        return switch (member) {
            case Found<ChatMember>(var bot) when bot.userId() != botId ->
                new ChannelCheck.Unanswered("Telegram answered for another member");
            case Found<ChatMember>(var bot) when !WHO_MAY.contains(bot.status()) || !bot.canPost() ->
                new ChannelCheck.Lacking("the bot may not post there (can_post_messages)");
            case Found<ChatMember>(var bot) when bot.canEdit() && !readsPosts ->
                new ChannelCheck.Lacking("the bot may edit the posts of others (can_edit_messages): without a log"
                        + " channel its own cannot be told from them");
            case Found<ChatMember> _ -> new ChannelCheck.Ready(info.id(), info.title(), info.username());
            case Refused<ChatMember>(var reason) -> new ChannelCheck.Lacking(reason);
            case Unread<ChatMember>(var reason, _) -> new ChannelCheck.Unanswered(reason);
        };
    }
}
