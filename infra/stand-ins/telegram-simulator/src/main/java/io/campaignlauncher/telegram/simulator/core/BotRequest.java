package io.campaignlauncher.telegram.simulator.core;

import io.campaignlauncher.standin.RequestParts;
import io.campaignlauncher.standin.RequestParts.Upload;
import io.campaignlauncher.standin.UrlEncoded;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One HTTP call, already parsed. Prints no token.
 *
 * @param token  as it stands in the path; empty where there is none
 * @param method as it stands in the path
 * @param files  by part name
 */
public record BotRequest(String token, String method, Map<String, String> parameters, Map<String, Upload> files) {

    /** The server for tests of Telegram has one more part in its paths. */
    private static final Pattern PATH = Pattern.compile("/bot([^/]*)/(?:test/)?([^/]*)/?");

    static final Pattern TOKEN = Pattern.compile("([1-9]\\d{0,15}):[A-Za-z0-9_-]{1,64}");

    public static BotRequest of(RequestParts parts) {
        var path = PATH.matcher(UrlEncoded.component(parts.path(), 0, parts.path().length()));
        return path.matches() ? new BotRequest(path.group(1), path.group(2), parts.parameters(), parts.files())
                : new BotRequest("", "", Map.of(), Map.of());
    }

    public static BotRequest of(String token, String method, Map<String, String> parameters) {
        return new BotRequest(token, method, parameters, Map.of());
    }

    /** The path with the id of the bot, which is no secret, and without what follows it, which is one. */
    public String maskedPath() {
        var whole = TOKEN.matcher(token);
        return "/bot" + (whole.matches() ? whole.group(1) + ":" : "") + "***/"
                + (ApiMethod.named(method).map(ApiMethod::wireName).orElse("***"));
    }

    @Override
    public String toString() {
        return maskedPath();
    }
}
