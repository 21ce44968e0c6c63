package io.campaignlauncher.job.request;

import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.schemas.AvroEncoding;
import java.util.Optional;

/**
 * How large a request may be. Creation commands repeat what it says about campaign, ad sets and ads, and name every slot beside
 * it: so the largest of them has to find room in a record with the largest request and the longest names that there may be.
 */
public final class RequestSize {

    /** Of a request in its canonical form, as Kafka gets it. */
    public static final int BYTES_MAX = 512 * 1024;

    private static final AvroEncoding ENCODING = new AvroEncoding();

    private RequestSize() {}

    /** What is to be said against the size of a request; empty: nothing. */
    public static Optional<Violation> violation(LaunchRequest request) {
        int bytes = ENCODING.encode(LaunchRequests.toAvro(request)).length;
        return bytes <= BYTES_MAX ? Optional.empty()
                : Optional.of(new Violation("request",
                        "may have at most " + BYTES_MAX + " bytes, and has " + bytes));
    }
}
