package io.campaignlauncher.telegram.simulator.core;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.campaignlauncher.telegram.simulator.text.FormattedText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What is in a message. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
sealed interface Content {

    /** @param previewOptions as they were given; a missing node where they were not */
    record Text(FormattedText text, JsonNode previewOptions) implements Content {

        public Text {
            previewOptions = previewOptions.isNull() ? MissingNode.getInstance() : previewOptions;
        }
    }

    record Photo(PhotoFile file, FormattedText caption, boolean captionAbove, boolean spoiler) implements Content {}

    /** A message that Telegram makes itself. @param field of the message that says what happened, with its value */
    record Service(String field, JsonNode value) implements Content {}
}
