package io.campaignlauncher.job.letters;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which letters are meant; what is null does not matter.
 *
 * @param topic      that they came from
 * @param reasonKind their {@link ReasonKind}
 * @param about      the job that they name
 */
public record LetterFilter(@Nullable String topic, @Nullable String reasonKind, @Nullable UUID about) {

    public boolean isEmpty() {
        return topic == null && reasonKind == null && about == null;
    }
}
