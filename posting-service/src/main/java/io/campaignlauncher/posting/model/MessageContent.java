package io.campaignlauncher.posting.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message shows, as Telegram answers it.
 *
 * @param text          or caption; empty where there is none
 * @param photoUniqueId the same for the same photo, whoever sends it; null: no photo
 * @param buttonUrls    where its buttons lead
 */
public record MessageContent(String text, List<TextEntity> entities, @Nullable String photoUniqueId,
        List<String> buttonUrls) {

    public MessageContent {
        entities = List.copyOf(entities);
        buttonUrls = List.copyOf(buttonUrls);
    }

    /** Whether it is the post that this marker names. */
    public boolean carries(String markerUrl) {
        return entities.stream().anyMatch(entity -> markerUrl.equals(entity.url())) || buttonUrls.contains(markerUrl);
    }

    /** Of what a reader sees. Without the buttons: a forward may lose them. */
    public String hash() {
        return Sha256.of(text, entities, photoUniqueId);
    }
}
