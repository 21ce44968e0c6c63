package io.campaignlauncher.telegram.simulator.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses as Telegram stores them: with a scheme, and with a slash where there is no path. */
public final class Links {

    private static final Pattern SCHEME = Pattern.compile("(https?|tg|ton)://?.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER = Pattern.compile("tg:(?://)?user\\?id=(\\d+)", Pattern.CASE_INSENSITIVE);

    private Links() {}

    /** Empty where it is no address that Telegram takes. */
    public static Optional<String> normalized(String given) {
        var text = given.strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var complete = SCHEME.matcher(text).matches() ? text : "http://" + text;
        try {
            var uri = new URI(complete);
            var host = uri.getHost();
            var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (scheme.equals("tg") || scheme.equals("ton")) {
                return Optional.of(complete);
            }
            if (host == null || host.indexOf('.') <= 0 || host.endsWith(".")) {
                return Optional.empty();
            }
            var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            return Optional.of(scheme + "://" + host.toLowerCase(Locale.ROOT) + port + path
                    + part("?", uri.getRawQuery()) + part("#", uri.getRawFragment()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String part(String sign, @Nullable String text) {
        return text == null ? "" : sign + text;
    }

    /** What a link in a text is: a mention of a user, a link, or nothing. */
    static Optional<Entity> entity(String address, int offset, int length) {
        if (length == 0) {
            return Optional.empty();
        }
        var user = USER.matcher(address.strip());
        return user.matches() ? Optional.of(new Entity(EntityType.TEXT_MENTION, offset, length, user.group(1)))
                : normalized(address).map(url -> new Entity(EntityType.TEXT_LINK, offset, length, url));
    }
}
