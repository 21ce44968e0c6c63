package io.campaignlauncher.job.letters;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What to do about dead letters, by their reason: as docs/operations.md has it. The first that fits counts. */
enum Advice {
    CREDENTIAL("^credentialId\\b", "Store the access token under the id that the request names, then redrive."), //
    SIGNATURE("signature|not signed|signed with an API key|is by an API key",
            "Its writer has not shown who it is. Have it signed and sent anew; redriven as it is, it comes back unless the"
                    + " key has become good meanwhile."), //
    UNREADABLE("^not readable|^no sense can be made of it|CloudEvent|not in Avro|^not the bytes|^no schema|^no message"
            + "|^more bytes than|without a value|^content-type is|^ce_specversion|^no ce_",
            "Its sender breaks the contract: have it mended and send anew. Where a service was too old to read it and was"
                    + " upgraded since, redrive."), //
    TOO_LONG("^request may have at most|^ce_\\w+ has ",
            "Its sender asks for less text, or sends a shorter header. Redriven as it is, it comes back."), //
    KEY_USED("idempotency key was used",
            "The same idempotency key stood for another request before: its sender sends a new one under a new key."), //
    UNDECIDABLE("^its job cannot be decided",
            "Mend what it names, mostly by the newer version of the job-service that wrote the event, then redrive. The"
                    + " job's waits go on by themselves."), //
    NOT_HANDLED("^not handled after", "Mend what it names, then redrive."), //
    RULE("", "The request broke a rule and would break it again: tell its sender, who sends a new one.");

    private final Pattern reason;
    private final String sentence;

    Advice(String reason, String sentence) {
        this.reason = Pattern.compile(reason);
        this.sentence = sentence;
    }

    /** @param obstacle why none of them can be redriven; null: some can */
    static String of(String reason, @Nullable Obstacle obstacle) {
        return obstacle != null ? obstacle.sentence()
                : Arrays.stream(values()).filter(one -> one.reason.matcher(reason).find()).findFirst()
                        .orElseThrow().sentence;
    }
}
