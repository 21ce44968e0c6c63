package io.campaignlauncher.posting.model;

import io.campaignlauncher.posting.model.PostingCommand.PublishPost;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A post as it is sent: the advertiser's text, below it the link with the job's marker, and the same link as a button.
 *
 * @param photo     address or file id; null: none
 * @param linkLabel of the button
 * @param markerUrl where link and button lead
 */
public record ComposedPost(String text, List<TextEntity> entities, @Nullable String photo,
        String linkLabel, String markerUrl) {

    public ComposedPost {
        entities = List.copyOf(entities);
    }

    /** @param photoFileId under which Telegram has the photo already; null: not known */
    public static ComposedPost of(PublishPost command, @Nullable String photoFileId) {
        var content = command.content();
        var photo = photoFileId == null ? content.photo() : photoFileId;
        var entities = new ArrayList<>(content.entities());
        entities.add(new TextEntity(TextEntity.TEXT_LINK, content.text().length() + PostContent.GAP.length(),
                content.linkLabel().length(), command.markerUrl()));
        return new ComposedPost(content.text() + PostContent.GAP + content.linkLabel(), entities, photo,
                content.linkLabel(), command.markerUrl());
    }

    String hash() {
        return Sha256.of(text, entities, photo, linkLabel, markerUrl);
    }
}
