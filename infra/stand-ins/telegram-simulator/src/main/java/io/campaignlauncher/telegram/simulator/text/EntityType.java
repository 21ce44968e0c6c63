package io.campaignlauncher.telegram.simulator.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a part of a text is. The order is that of entities with the same bounds. */
public enum EntityType {
    BLOCKQUOTE("BlockQuote"), EXPANDABLE_BLOCKQUOTE("ExpandableBlockQuote"), TEXT_LINK("TextUrl"), TEXT_MENTION(
            "MentionName"),
    PRE("Pre"), CODE("Code"), BOLD("Bold"), ITALIC("Italic"), UNDERLINE(
            "Underline"),
    STRIKETHROUGH("Strikethrough"), SPOILER("Spoiler"), MENTION(
            "Mention"),
    HASHTAG("Hashtag"), URL("Url"), EMAIL("EmailAddress");

    private final String nameInErrors;

    EntityType(String nameInErrors) {
        this.nameInErrors = nameInErrors;
    }

    /** As error texts of MarkdownV2 name it. */
    String nameInErrors() {
        return nameInErrors;
    }

    /** As the API names it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<EntityType> named(String wireName) {
        return Arrays.stream(values()).filter(type -> type.wireName().equals(wireName)).findFirst();
    }

    /** Whether nothing is looked for inside. */
    boolean isOpaque() {
        return this == CODE || this == PRE || this == TEXT_LINK || this == TEXT_MENTION;
    }
}
