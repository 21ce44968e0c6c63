package io.campaignlauncher.telegram.simulator.core;

import tools.jackson.databind.JsonNode;

/** Carries out calls, each at once. */
final class Methods {

    private final Sends sends;
    private final Edits edits;
    private final Copies copies;
    private final Deletions deletions;
    private final Reads reads;

    Methods(TelegramState state, Posts posts, MessageJson json, TelegramRules rules) {
        var access = new Access(state);
        var pace = new Pace(rules.limited());
        sends = new Sends(access, posts, new Photos(state), pace, json);
        edits = new Edits(state, access, posts, json);
        copies = new Copies(access, posts, pace, json);
        deletions = new Deletions(access);
        reads = new Reads(state, access, posts, json);
    }

    /** @throws Refusal where it may not be, or cannot be */
    JsonNode run(Call call) {
        return switch (call.method()) {
            case GET_ME -> Reads.me(call);
            case GET_CHAT -> reads.chat(call);
            case GET_CHAT_MEMBER -> reads.member(call);
            case SEND_MESSAGE -> sends.message(call);
            case SEND_PHOTO -> sends.photo(call);
            case EDIT_MESSAGE_TEXT -> edits.text(call);
            case EDIT_MESSAGE_CAPTION -> edits.caption(call);
            case EDIT_MESSAGE_REPLY_MARKUP -> edits.markup(call);
            case EDIT_MESSAGE_LIVE_LOCATION -> edits.liveLocation(call);
            case DELETE_MESSAGE -> deletions.one(call);
            case DELETE_MESSAGES -> deletions.many(call);
            case FORWARD_MESSAGE -> copies.forward(call);
            case FORWARD_MESSAGES -> copies.forwardMany(call);
            case COPY_MESSAGE -> copies.copy(call);
            case COPY_MESSAGES -> copies.copyMany(call);
            case GET_GAME_HIGH_SCORES -> reads.gameHighScores(call);
            case GET_USER_PERSONAL_CHAT_MESSAGES -> reads.personalChatMessages(call);
            case PIN_CHAT_MESSAGE -> reads.pin(call);
            case GET_UPDATES -> throw new IllegalStateException("updates may have to be waited for");
            case SET_WEBHOOK -> Updates.setWebhook(call);
            case DELETE_WEBHOOK -> Updates.deleteWebhook(call);
            case GET_WEBHOOK_INFO -> Updates.webhookInfo(call);
        };
    }

    Reads reads() {
        return reads;
    }
}
