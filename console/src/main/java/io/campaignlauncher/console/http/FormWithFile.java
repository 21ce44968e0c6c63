package io.campaignlauncher.console.http;

import io.campaignlauncher.console.model.Problem;
import java.util.Map;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;

/**
 * A form of a browser, of which the file has not come yet.
 *
 * @param fields   that stand before the file
 * @param fileName as the browser calls it
 * @param file     to be read once, as it comes; it ends with a mistake where the browser breaks off
 */
record FormWithFile(Map<String, String> fields, String fileName, Upload file) {

    /** Bytes that pass through. @param length of all of them */
    record Upload(long length, Flux<DataBuffer> content) {

        /** @throws ServiceProblem where it is empty, or has more bytes than are taken */
        Upload atMost(long bytesMax) {
            if (length < 1) {
                throw new ServiceProblem(Problem.here(400, "No file was chosen", "Choose one, and send it again."),
                        null);
            }
            if (length > bytesMax) {
                throw new ServiceProblem(Problem.here(413, "The file is too large",
                        "At most " + bytesMax / 1024 / 1024 + " MiB are taken."), null);
            }
            return this;
        }
    }

    FormWithFile {
        fields = Map.copyOf(fields);
    }

    String text(String field) {
        return fields.getOrDefault(field, "").strip();
    }
}
