package io.campaignlauncher.telegram.simulator.core;

import io.campaignlauncher.telegram.simulator.core.FaultEffect.Loss;
import io.campaignlauncher.telegram.simulator.text.FormattedText;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.MissingNode;

/** What faults do to the world before the call on which they fire takes effect. */
final class Mishaps {

    /** Who posts between: a person and a bot that nobody set up. */
    static final long SOMEBODY = 9_000_000_001L;
    static final long SOME_BOT = 9_000_000_002L;

    private final TelegramState state;
    private final Posts posts;

    Mishaps(TelegramState state, Posts posts) {
        this.state = state;
        this.posts = posts;
    }

    void happen(List<FaultEffect> effects, Call call) {
        for (var effect : effects) {
            switch (effect) {
                case FaultEffect.OthersPost others -> inChat(call, "chat_id", chat -> post(others, chat, call));
                case FaultEffect.BotLoses(var loss) -> lose(loss, call);
                case FaultEffect.ContentProtected _ -> inChat(call,
                        call.parameters().has("from_chat_id") ? "from_chat_id" : "chat_id",
                        chat -> chat.isProtected = true);
                case FaultEffect.NoAnswer _,FaultEffect.Refused _,FaultEffect.Page _,FaultEffect.Damaged _,FaultEffect.Slow _,FaultEffect.PostRemoved _,FaultEffect.HiddenFor _,FaultEffect.ReadRefused _ -> {
                    // a matter of the call or of its answer
                }
            }
        }
    }

    private void inChat(Call call, String parameter, Consumer<Chat> change) {
        var chat = state.chat(call.parameters().text(parameter));
        if (chat != null) {
            change.accept(chat);
        }
    }

    private void post(FaultEffect.OthersPost others, Chat chat, Call call) {
        var author = others.byBot() ? new Author(SOME_BOT, true) : new Author(SOMEBODY, false);
        for (int i = 0; i < others.count(); i++) {
            var content = new Content.Text(new FormattedText("Something else", List.of()), MissingNode.getInstance());
            var message = posts.byPerson(chat, author, content, call.now());
            if (others.deletedThen()) {
                chat.remove(message.id());
            }
        }
    }

    private void lose(Loss loss, Call call) {
        switch (loss) {
            case POSTING -> inChat(call, "chat_id",
                    chat -> chat.members.put(call.bot().id, Membership.administrator(Rights.NONE)));
            case MEMBERSHIP -> inChat(call, "chat_id", chat -> chat.members.put(call.bot().id, Membership.KICKED));
            case TOKEN -> call.bot().revoked = true;
        }
    }
}
