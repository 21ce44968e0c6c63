package io.campaignlauncher.market.model;

import io.campaignlauncher.job.model.TextRules;
import io.campaignlauncher.job.model.Violation;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with the fields of a command, each by the name that it has in the HTTP body. */
final class Fields {

    static final int LINE_MAX = 200;
    static final int REASON_MAX = 1_000;
    private static final int ADDRESS_MAX = 2_048;
    /** For the link below a text, and what is between them. */
    private static final int LINK_ROOM = 66;
    /** Characters of a message, and of a photo's caption; sendMessage and sendPhoto of the Telegram Bot API. */
    private static final int TEXT_MAX = 4_096 - LINK_ROOM;
    private static final int CAPTION_MAX = 1_024 - LINK_ROOM;
    private static final int REQUEST_MAX = 100_000;
    private static final Duration AHEAD_MAX = Duration.ofDays(366);
    private static final Pattern AD_ACCOUNT = Pattern.compile("act_[1-9][0-9]{0,17}");

    private final List<Violation> found = new ArrayList<>();

    /** Refused where anything is wrong. */
    Optional<Decision> refusal() {
        return found.isEmpty() ? Optional.empty() : Optional.of(Decision.refuse(new Refusal.Invalid(found)));
    }

    Fields amount(String field, String text) {
        add(field, Money.mistake(text));
        return this;
    }

    /** One line that is not empty. */
    Fields line(String field, String text, int max) {
        add(field, text.isBlank() ? "is needed" : tooLong(text, max));
        add(field, TextRules.mistake(text));
        return this;
    }

    Fields place(Place place, Instant now) {
        switch (place) {
            case Place.TelegramPost post -> {
                var photo = post.photo();
                add("text", post.text().isBlank() ? "is needed"
                        : tooLong(post.text(), photo == null ? TEXT_MAX : CAPTION_MAX));
                add("text", post.text().lines().map(line -> TextRules.mistake(line.replace('\t', ' ')))
                        .filter(Objects::nonNull).findFirst().orElse(null));
                address("link", post.link());
                address("photo", photo);
            }
            case Place.FacebookLaunch launch -> {
                add("adAccountId", AD_ACCOUNT.matcher(launch.adAccountId()).matches() ? null
                        : "must be act_ and up to 18 digits");
                add("launch", launch.request().isBlank() ? "is needed" : tooLong(launch.request(), REQUEST_MAX));
            }
        }
        var postAt = place.postAt();
        add("postAt", postAt != null && postAt.isAfter(now.plus(AHEAD_MAX)) ? "may be at most a year ahead" : null);
        return this;
    }

    private void address(String field, @Nullable String text) {
        if (text != null) {
            add(field, text.length() > ADDRESS_MAX ? "may have at most " + ADDRESS_MAX + " characters"
                    : isHttp(text) ? null : "must be an http or https address");
        }
    }

    private static boolean isHttp(String text) {
        try {
            var address = new URI(text);
            return ("https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme()))
                    && address.getHost() != null && address.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static @Nullable String tooLong(String text, int max) {
        return text.length() > max ? "may have at most " + max + " characters" : null;
    }

    private void add(String field, @Nullable String mistake) {
        if (mistake != null) {
            found.add(new Violation(field, mistake));
        }
    }
}
