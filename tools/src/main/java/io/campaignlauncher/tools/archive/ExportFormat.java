package io.campaignlauncher.tools.archive;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The versions of an export. The latest is written, all are read. */
enum ExportFormat {

    /** Leaves an event's index, job, time, type and what was stored beside it out of the chain. */
    FIRST("campaign-launcher-events/1",
            "SHA-256(previous link, event id in UTF-8, sequence in 8 bytes big-endian, payload);"
                    + " 32 zero bytes before the first"),
    /** Every field is in the chain with its length, and the manifest holds its own sum. */
    SECOND("campaign-launcher-events/2",
            "SHA-256(previous link, then global index, event id, job id, sequence, time, type, meta data,"
                    + " payload, each after its length in bytes); lengths and numbers in 8 bytes big-endian, texts in UTF-8; 32 zero"
                    + " bytes before the first");

    static final ExportFormat LATEST = SECOND;

    private final String wireName;
    private final String chain;

    ExportFormat(String wireName, String chain) {
        this.wireName = wireName;
        this.chain = chain;
    }

    /** As the manifest has it. */
    String wireName() {
        return wireName;
    }

    /** How the chain is made, for whoever wants to do the same. */
    String chain() {
        return chain;
    }

    static Optional<ExportFormat> named(String wireName) {
        return Arrays.stream(values()).filter(format -> format.wireName.equals(wireName)).findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(ExportFormat::wireName).collect(Collectors.joining(", "));
    }
}
