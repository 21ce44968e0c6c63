package io.campaignlauncher.telegram.simulator.core;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The methods of the Bot API that there are here. */
public enum ApiMethod {
    GET_ME("getMe"),
    GET_CHAT("getChat"),
    GET_CHAT_MEMBER("getChatMember"),
    SEND_MESSAGE("sendMessage"),
    SEND_PHOTO("sendPhoto"),
    EDIT_MESSAGE_TEXT("editMessageText"),
    EDIT_MESSAGE_CAPTION("editMessageCaption"),
    EDIT_MESSAGE_REPLY_MARKUP("editMessageReplyMarkup"),
    EDIT_MESSAGE_LIVE_LOCATION("editMessageLiveLocation"),
    DELETE_MESSAGE("deleteMessage"),
    DELETE_MESSAGES("deleteMessages"),
    FORWARD_MESSAGE("forwardMessage"),
    FORWARD_MESSAGES("forwardMessages"),
    COPY_MESSAGE("copyMessage"),
    COPY_MESSAGES("copyMessages"),
    GET_GAME_HIGH_SCORES("getGameHighScores"),
    GET_USER_PERSONAL_CHAT_MESSAGES("getUserPersonalChatMessages"),
    PIN_CHAT_MESSAGE("pinChatMessage"),
    GET_UPDATES("getUpdates"),
    SET_WEBHOOK("setWebhook"),
    DELETE_WEBHOOK("deleteWebhook"),
    GET_WEBHOOK_INFO("getWebhookInfo");

    /** What makes one new message with contents of its own. */
    public static final Set<ApiMethod> SENDS = EnumSet.of(SEND_MESSAGE, SEND_PHOTO);

    /** What asks about a message by its id and cannot change it, where it is a text or a photo. */
    public static final Set<ApiMethod> PROBES = EnumSet.of(EDIT_MESSAGE_LIVE_LOCATION, GET_GAME_HIGH_SCORES);

    public static final Set<ApiMethod> FORWARDS = EnumSet.of(FORWARD_MESSAGE, FORWARD_MESSAGES, COPY_MESSAGE,
            COPY_MESSAGES);
    public static final Set<ApiMethod> DELETIONS = EnumSet.of(DELETE_MESSAGE, DELETE_MESSAGES);
    public static final Set<ApiMethod> ANY = EnumSet.allOf(ApiMethod.class);

    private static final Map<String, ApiMethod> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toMap(method -> method.wireName.toLowerCase(Locale.ROOT), Function.identity()));
    private static final Map<String, Set<ApiMethod>> GROUPS = Map.of("any", ANY, "sends", SENDS, "probes", PROBES,
            "forwards", FORWARDS, "deletions", DELETIONS);

    private final String wireName;

    ApiMethod(String wireName) {
        this.wireName = wireName;
    }

    /** As the API's documentation spells it. */
    public String wireName() {
        return wireName;
    }

    /** By its name in any case. */
    static Optional<ApiMethod> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * A method's name, or {@code any}, {@code sends}, {@code probes}, {@code forwards}, {@code deletions}.
     *
     * @throws IllegalArgumentException where it is none of them
     */
    public static Set<ApiMethod> group(String name) {
        var group = GROUPS.get(name.toLowerCase(Locale.ROOT));
        return group != null ? group
                : EnumSet.of(named(name).orElseThrow(() -> new IllegalArgumentException(
                        "on: no method and no group of methods: " + name)));
    }
}
