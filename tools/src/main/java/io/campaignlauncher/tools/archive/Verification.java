package io.campaignlauncher.tools.archive;

import io.campaignlauncher.schemas.AuditEntry;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.tools.archive.Manifest.Digest;
import io.campaignlauncher.tools.archive.Manifest.Part;
import io.campaignlauncher.tools.events.EventStore;
import io.campaignlauncher.tools.events.OperationRefused;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Checks an export from its files alone, or against the event store as well. It goes through all events before it compares the
 * sums of files, so that it can name the very event at which something is wrong.
 */
public final class Verification {

    private static final int BUFFER = 1 << 16;
    private static final String AUDIT = AuditEntry.getClassSchema().getName();

    private final ArchiveFolder folder;
    private final EventLine lines = new EventLine(new AvroEncoding());
    private HashChain chain = new HashChain(ExportFormat.LATEST);
    private final Map<String, Long> types = new HashMap<>();
    private final LongConsumer progress;
    private long events;
    private long firstGlobalIndex;
    private long lastGlobalIndex;

    private Verification(Path folder, LongConsumer progress) {
        this.folder = new ArchiveFolder(folder);
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param wrong    the first thing that is wrong; null: nothing is
     * @param events   that were found in order
     * @param chainEnd the last link, hex
     */
    public record Outcome(@Nullable String wrong, long events, String chainEnd) {}

    /**
     * @param store    to compare with as well; null: the files alone
     * @param progress is told how many events were checked
     */
    public static Outcome of(Path folder, EventStore.@Nullable Address store, LongConsumer progress)
            throws IOException, SQLException {
        var verification = new Verification(folder, progress);
        try {
            verification.check(store);
            return verification.outcome(null);
        } catch (Damage e) {
            return verification.outcome(e.getMessage());
        }
    }

    private Outcome outcome(@Nullable String wrong) {
        return new Outcome(wrong, events, HexFormat.of().formatHex(chain.link()));
    }

    private void check(EventStore.@Nullable Address store) throws IOException, SQLException, Damage {
        var manifest = folder.manifest();
        chain = new HashChain(ExportFormat.named(manifest.format()).orElseThrow());
        folder.checkNames(manifest);
        if (store == null) {
            checkParts(manifest, _ -> {});
        } else {
            if (manifest.types().containsKey(AUDIT)) {
                throw new OperationRefused("this is an export of the audit: the event store holds nothing of it");
            }
            try (var comparison = StoreComparison.open(store, manifest)) {
                checkParts(manifest, comparison::next);
                comparison.end();
            }
        }
        checkTotals(manifest);
    }

    /** Is told each event when it has been found in order. */
    private interface Further {

        void check(ExportedEvent record) throws SQLException, Damage;
    }

    private void checkParts(Manifest manifest, Further further) throws IOException, SQLException, Damage {
        for (var part : manifest.files()) {
            checkEvents(part, manifest, further);
            folder.checkBytes(part.avro());
            folder.checkBytes(part.jsonLines());
        }
    }

    private void checkEvents(Part part, Manifest manifest, Further further)
            throws IOException, SQLException, Damage {
        var file = part.avro().name();
        var before = events;
        var partTypes = new HashMap<String, Long>();
        try (var json = new BufferedInputStream(Files.newInputStream(folder.file(part.jsonLines())), BUFFER);
                var avro = open(part.avro())) {
            for (var record = next(avro, file, 1); record != null; record = next(avro, file, events - before + 1)) {
                var place = "event " + (events - before + 1) + " (global index " + record.event().globalIndex()
                        + ", id " + record.event().eventId() + ")";
                checkOrder(record, file, place, manifest);
                checkLine(json, part.jsonLines().name(), events - before + 1, record);
                further.check(record);
                partTypes.merge(record.event().type(), 1L, Long::sum);
                progress.accept(++events);
            }
            if (events - before != part.events()) {
                throw new Damage(file, "it has " + (events - before) + " events instead of " + part.events());
            }
            partTypes.forEach((type, count) -> types.merge(type, count, Long::sum));
            if (json.read() >= 0) {
                throw new Damage(part.jsonLines().name(), "more follows after line " + part.events());
            }
        }
        if (!HexFormat.of().formatHex(chain.link()).equals(part.chainEnd())
                || lastGlobalIndex != part.lastGlobalIndex() || !partTypes.equals(part.types())) {
            throw new Damage(file, "its events are other ones than the manifest says");
        }
    }

    private DataFileReader<GenericRecord> open(Digest digest) throws Damage {
        try {
            return new DataFileReader<>(folder.file(digest).toFile(),
                    new GenericDatumReader<GenericRecord>(null, ExportedEvent.SCHEMA));
        } catch (IOException | RuntimeException e) {
            throw new Damage(digest.name(), "it is no Avro file any more: " + e.getMessage());
        }
    }

    /** @return null behind the last event */
    private static @Nullable ExportedEvent next(DataFileReader<GenericRecord> avro, String file, long number)
            throws Damage {
        try {
            return avro.hasNext() ? ExportedEvent.of(avro.next()) : null;
        } catch (RuntimeException | OutOfMemoryError e) {
            // A length that was damaged asks for any amount of memory.
            throw new Damage(file, "it cannot be read at event " + number + " any more: " + e.getMessage());
        }
    }

    private void checkOrder(ExportedEvent record, String file, String place, Manifest manifest) throws Damage {
        var event = record.event();
        if (!record.hasLink(chain.add(event))) {
            throw new Damage(file, place + " does not follow from what is before it: an event was changed, taken out,"
                    + " put in or moved here");
        }
        if (event.globalIndex() <= lastGlobalIndex) {
            throw new Damage(file, place + " stands behind global index " + lastGlobalIndex);
        }
        lastGlobalIndex = event.globalIndex();
        if (firstGlobalIndex == 0) {
            firstGlobalIndex = lastGlobalIndex;
        }
        if (event.globalIndex() > manifest.upToGlobalIndex() || !manifest.range().contains(time(event.time(), file,
                place))) {
            throw new Damage(file, place + " is outside of what was exported");
        }
    }

    private static Instant time(String text, String file, String place) throws Damage {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new Damage(file, place + " has no time: " + text);
        }
    }

    private void checkLine(InputStream json, String file, long number, ExportedEvent record)
            throws IOException, Damage {
        var line = lines.of(record.event(), record.link());
        var other = lines.ofUnreadable(record.event(), record.link());
        json.mark(Math.max(line.length, other.length));
        if (Arrays.equals(json.readNBytes(line.length), line)) {
            return;
        }
        json.reset();
        if (!Arrays.equals(json.readNBytes(other.length), other)) {
            throw new Damage(file, "line " + number + " is not the event " + record.event().eventId()
                    + " (global index " + record.event().globalIndex() + ")");
        }
    }

    private void checkTotals(Manifest manifest) throws Damage {
        var last = events == 0 ? null : Long.valueOf(lastGlobalIndex);
        var first = firstGlobalIndex == 0 ? null : Long.valueOf(firstGlobalIndex);
        if (events != manifest.events() || !types.equals(manifest.types())
                || !Manifest.sum(manifest.files()).equals(manifest.types())
                || !Objects.equals(last, manifest.lastGlobalIndex())
                || !Objects.equals(first, manifest.firstGlobalIndex())
                || !HexFormat.of().formatHex(chain.link()).equals(manifest.chainEnd())) {
            throw new Damage(Manifest.FILE, "its totals are not those of the events");
        }
    }
}
