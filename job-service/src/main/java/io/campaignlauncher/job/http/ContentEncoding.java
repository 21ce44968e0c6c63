package io.campaignlauncher.job.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/** How a request's body is packed. */
enum ContentEncoding {
    NONE, GZIP;

    /** @throws Problem 415 for one that is not understood */
    static ContentEncoding of(ServerRequest request) {
        return switch (String.join(",", request.headers().header(HttpHeaders.CONTENT_ENCODING)).strip()
                .toLowerCase(Locale.ROOT)) {
            case "", "identity" -> NONE;
            case "gzip", "x-gzip" -> GZIP;
            default -> throw Problem.unknownEncoding();
        };
    }

    /**
     * @param bytesMax of what comes out: however small a body is, it unpacks to no more
     * @throws Problem 400 where it cannot be unpacked, 413 where it is too large
     */
    byte[] unpacked(byte[] body, int bytesMax) {
        return switch (this) {
            case NONE -> body;
            case GZIP -> {
                try (var unpacking = new GZIPInputStream(new ByteArrayInputStream(body))) {
                    var unpacked = unpacking.readNBytes(bytesMax);
                    if (unpacking.read() >= 0) {
                        throw Problem.tooLarge(bytesMax);
                    }
                    yield unpacked;
                } catch (IOException e) {
                    throw Problem.noGzip();
                }
            }
        };
    }
}
