package io.campaignlauncher.launchfile;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A kind of cells: how their text stands for JSON, in both directions. */
interface Kind {

    /** @param text not blank */
    Reading read(String text, Account account);

    /**
     * What to write so that it is read as the value again; null, or any text that is not read so, where no cell can say
     * it.
     */
    @Nullable
    String write(JsonNode value, Account account);
}
