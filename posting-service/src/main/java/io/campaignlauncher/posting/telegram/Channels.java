package io.campaignlauncher.posting.telegram;

import io.campaignlauncher.posting.model.ChannelCheck;
import io.campaignlauncher.posting.model.TelegramPostingSettings;
import io.campaignlauncher.telegram.ChatInfo;
import io.campaignlauncher.telegram.ChatMember;
import io.campaignlauncher.telegram.ReadResult.Found;
import io.campaignlauncher.telegram.ReadResult.Refused;
import io.campaignlauncher.telegram.ReadResult.Unread;
import io.campaignlauncher.telegram.ReadResult;
import io.campaignlauncher.telegram.Telegram;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Whether a post in a channel would be safe: the bot may post, and what it posts can be read back and stays. */
final class Channels {

    private static final Set<String> WHO_MAY = Set.of("administrator", "creator");

    private final Telegram telegram;
    private final long botId;
    private final TelegramPostingSettings settings;

    Channels(Telegram telegram, long botId, TelegramPostingSettings settings) {
        this.telegram = telegram;
        this.botId = botId;
        this.settings = settings;
    }

    Mono<ChannelCheck> check(long chatId) {
        return telegram.chat(Long.toString(chatId)).flatMap(chat -> switch (chat) {
            case Found<ChatInfo>(var info) -> {
                var lacking = lacking(info);
                yield lacking != null ? Mono.just(new ChannelCheck.Lacking(lacking))
                        : telegram.member(chatId, botId).map(member -> judged(info, member));
            }
            case Refused<ChatInfo>(var reason) -> Mono.just(new ChannelCheck.Lacking(reason));
            case Unread<ChatInfo>(var reason, _) -> Mono.just(new ChannelCheck.Unanswered(reason));
        });
    }

    private @Nullable String lacking(ChatInfo info) {
        if (!"channel".equals(info.type())) {
            return "it is no channel but a " + info.type();
        }
        if (info.autoDeleteSeconds() > 0) {
            return "its messages are deleted after " + info.autoDeleteSeconds() + " s";
        }
        return info.isProtected() && settings.readsPosts() ? "its content is protected: posts cannot be read back"
                : null;
    }

    private ChannelCheck judged(ChatInfo info, ReadResult<ChatMember> member) {
        return switch (member) {
            case Found<ChatMember>(var bot) when !WHO_MAY.contains(bot.status()) || !bot.canPost() ->
                new ChannelCheck.Lacking("the bot may not post there (can_post_messages)");
            case Found<ChatMember>(var bot) when bot.canEdit() && !settings.readsPosts() ->
                new ChannelCheck.Lacking("the bot may edit the posts of others (can_edit_messages): without a log"
                        + " channel its own cannot be told from them");
            case Found<ChatMember> _ -> new ChannelCheck.Ready(info.username());
            case Refused<ChatMember>(var reason) -> new ChannelCheck.Lacking(reason);
            case Unread<ChatMember>(var reason, _) -> new ChannelCheck.Unanswered(reason);
        };
    }
}
