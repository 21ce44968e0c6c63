package io.campaignlauncher.job.letters;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as it may be shown: without its value, and without anything that has not the shape it should have.
 *
 * @param number     by which a list goes on
 * @param source     where the record came from: {@code topic-partition@offset}
 * @param about      the job, campaign or target that it names; null: none
 * @param tenant     as the record says; null: it says none
 * @param cameBack   whether it is the second one of a record that was redriven
 * @param obstacle   why it cannot be redriven; null: it can
 * @param advice     what to do about it, in a sentence or two
 * @param redrivenAt null: it waits
 */
public record Letter(long number, LetterPlace place, Instant parkedAt, String reason, String reasonKind,
        String consumer, String type, String source, @Nullable UUID about, @Nullable String tenant, long valueBytes,
        boolean cameBack, @Nullable String obstacle, String advice, @Nullable Instant redrivenAt) {}
