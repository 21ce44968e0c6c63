package io.campaignlauncher.graph;

import io.campaignlauncher.sendonce.OutgoingBody;
import org.springframework.http.MediaType;

/**
 * A file that goes with a request. Prints its field and size.
 *
 * @param field   of the form
 * @param name    what the file is called; Facebook answers an image under it
 * @param type    as its sender says; Facebook looks at the content
 * @param content where it is not as long as it was said to be, or breaks off, Facebook never gets a complete request
 */
public record GraphFile(String field, String name, MediaType type, OutgoingBody content) {

    public GraphFile {
        if (content.length() == 0) {
            throw new IllegalArgumentException("an empty file: " + field);
        }
    }

    @Override
    public String toString() {
        return field + ", " + content;
    }
}
