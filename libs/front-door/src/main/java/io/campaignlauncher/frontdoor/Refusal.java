package io.campaignlauncher.frontdoor;

import java.util.List;

/**
 * An answer that is given before any route: RFC 9457 problem details in words of our own, with nothing that the caller sent.
 *
 * @param reason a word for figures
 * @param status HTTP
 */
record Refusal(String reason, int status, String title, String detail) {

    static final Refusal NO_REQUEST = new Refusal("no-request", 400, "This is no HTTP request",
            "It cannot be read, or its address is none that a server is asked for.");
    static final Refusal OTHER_HOST = new Refusal("other-host", 421, "This server has another name",
            "The header Host must be there once and name localhost, 127.0.0.1, [::1], the address that is listened on, or one"
                    + " of launch.http.hosts.");
    static final Refusal OTHER_SITE = new Refusal("other-site", 403, "Not from a page of another site",
            "What changes something is not taken from web pages of other origins.");
    static final Refusal NO_JSON = new Refusal("no-json", 415, "Only JSON is understood",
            "Send the body as application/json, in UTF-8.");
    static final Refusal LONG_LINE = new Refusal("long-line", 414, "The address is too long",
            "Method and address together may have no more bytes than launch.http.request-line-bytes-max says.");
    static final Refusal LARGE_HEADER = new Refusal("large-header", 431, "The header is too large",
            "It may have no more fields and bytes than launch.http.headers-max and launch.http.header-bytes-max say.");
    static final Refusal TOO_SLOW = new Refusal("too-slow", 408, "The request came too slowly",
            "It was not complete within launch.http.head-patience and launch.http.body-patience.");

    static final List<Refusal> ALL = List.of(NO_REQUEST, OTHER_HOST, OTHER_SITE, NO_JSON, LONG_LINE, LARGE_HEADER,
            TOO_SLOW);

    /** For a body of {@code application/problem+json}; the texts need no escapes. */
    String json() {
        return "{\"title\":\"" + title + "\",\"status\":" + status + ",\"detail\":\"" + detail + "\",\"errors\":[]}";
    }
}
