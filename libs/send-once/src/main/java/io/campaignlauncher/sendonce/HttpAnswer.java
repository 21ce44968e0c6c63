package io.campaignlauncher.sendonce;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A complete HTTP answer. Prints only its status and size.
 *
 * @param headers first value of each; names are found in any case
 * @param body    as received, content encoding undone
 */
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {

    public HttpAnswer {
        var copy = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = Collections.unmodifiableMap(copy);
    }

    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length + " bytes";
    }
}
