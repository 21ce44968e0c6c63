package io.campaignlauncher.telegram;

/** The methods that are called. */
enum ApiMethod {
    GET_ME("getMe"), GET_CHAT("getChat"), GET_CHAT_MEMBER("getChatMember"), SEND_MESSAGE("sendMessage"), SEND_PHOTO(
            "sendPhoto"),
    EDIT_MESSAGE_LIVE_LOCATION("editMessageLiveLocation"), GET_GAME_HIGH_SCORES(
            "getGameHighScores"),
    FORWARD_MESSAGE("forwardMessage"), DELETE_MESSAGE(
            "deleteMessage"),
    EDIT_MESSAGE_TEXT("editMessageText"), EDIT_MESSAGE_CAPTION(
            "editMessageCaption");

    private final String wireName;

    ApiMethod(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
