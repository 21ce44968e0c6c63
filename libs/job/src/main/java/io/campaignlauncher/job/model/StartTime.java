package io.campaignlauncher.job.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a launch is to begin, in ISO 8601.
 *
 * @param local  date and time in whole seconds
 * @param offset from UTC; null: they are those of the account's time zone
 */
public record StartTime(LocalDateTime local, @Nullable ZoneOffset offset) {

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME).optionalStart().appendOffsetId()
            .toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT).withChronology(IsoChronology.INSTANCE);
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    /** Empty where the text is no such time. */
    static Optional<StartTime> read(String text) {
        try {
            return Optional.of(switch (ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from)) {
                case OffsetDateTime given -> new StartTime(given.toLocalDateTime(), given.getOffset());
                case LocalDateTime given -> new StartTime(given, null);
                default -> throw new DateTimeException("neither");
            }).filter(time -> time.local().getNano() == 0 && time.local().getYear() >= 0
                    && time.local().getYear() <= 9999);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** One instant has one text, a local time too; what is no time stays as it is. */
    public static String canonical(String text) {
        return read(text).map(StartTime::text).orElse(text);
    }

    String text() {
        return offset == null ? LOCAL.format(local)
                : LOCAL.format(local.atOffset(offset).withOffsetSameInstant(ZoneOffset.UTC)) + "Z";
    }

    /**
     * A local time that a change of clocks leaves out is moved on by as much as the clocks are; of one that is there twice it is
     * the first.
     *
     * @param timeZone of the account, as in Europe/Berlin
     * @return null for a local time where the zone is not known
     */
    @Nullable
    Instant instant(@Nullable String timeZone) {
        if (offset != null) {
            return local.toInstant(offset);
        }
        try {
            return timeZone == null ? null : local.atZone(ZoneId.of(timeZone)).toInstant();
        } catch (DateTimeException unknownZone) {
            return null;
        }
    }

    /** Wherever the account is, it is not before this. */
    Instant earliest() {
        return local.toInstant(offset == null ? ZoneOffset.MAX : offset);
    }
}
